import { existsSync, readdirSync } from "node:fs";
import { CreateBucketCommand, ListBucketsCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { localClientConfig, stateClients } from "../../../../packages/local-cloud/src/aws-clients";
import { lockHolder } from "../../../../packages/local-cloud/src/local-cloud-lock";
import { isRunning } from "../../../../packages/local-cloud/src/process-identity";
import { resourcesIn } from "../../../support/account";
import { expectSuccess, script, scriptIn } from "../../../support/command";
import { eventually } from "../../../support/eventually";
import { hostileEnvironment } from "../../../support/hostile-environment";
import { plannedChanges } from "../../../support/plan";
import { RunningScript } from "../../../support/running-script";
import { workflowEnvironment } from "../../../support/workflow-identity";
import type { E2eEnvironment } from "../../../support/e2e-environment";

/** The environment of a command on the suite's cloud. */
const environmentOf = ({ local: { home, port } }: E2eEnvironment) => ({
  ...process.env,
  LOCAL_CLOUD_HOME: home.folder,
  LOCAL_CLOUD_PORT: String(port),
});

/** npm start, and the local cloud that it runs. */
export function localCloudSteps(e2e: () => E2eEnvironment): void {
  const environment = () => environmentOf(e2e());
  /** `npm start` and `npm run destroy` fail while another process holds the lock of the folder. */
  const expectLocked = async () => {
    const { holder, endpoint } = lockHolder(e2e().local.home) ?? {};
    const results = await Promise.all([
      script(environment(), "start"),
      script(environment(), "destroy", "dev"),
    ]);
    for (const { exitCode, stderr } of results) {
      expect(exitCode).toBe(1);
      expect(stderr).toContain(`already running at ${endpoint ?? "?"}: process ${holder?.pid ?? "?"}`);
    }
  };

  test("a second plan of all layers by the plan role has no changes", async () => {
    const { cloud, home } = e2e().local;
    const env = await workflowEnvironment(cloud, "plan");
    expect(await plannedChanges({ ...cloud, env }, home)).toEqual([]);
  });

  test("npm start keeps the tasks, ignores AWS credentials and endpoints of its environment, and ends on Ctrl-C", async () => {
    const before = (await e2e().service.api.list({ limit: 50 })).tasks;
    await e2e().local.stop();
    const hostile = await hostileEnvironment();
    const { LOCAL_CLOUD_HOME, LOCAL_CLOUD_PORT } = environment();
    const start = new RunningScript(
      { env: { ...hostile.variables, LOCAL_CLOUD_HOME, LOCAL_CLOUD_PORT } },
      "start",
    );
    try {
      await start.prints(
        /✓ deploy .*\n.*the worker's result after \d+ ms\n✓ check .*\n\nReady in .* s: http:\/\/127\.0\.0\.1:\d+\/_aws\/execute-api\/\w+\n/,
        120,
      );
      await start.prints(/logs follow/, 10);
      await expectLocked();
      // A longer page, since npm start has created a task.
      const after = (await e2e().service.api.list({ limit: 100 })).tasks;
      expect(after).toEqual(expect.arrayContaining(before));
    } finally {
      expect(await start.interrupt()).toContain("Stopped. Everything is kept for the next start.");
      await hostile.dispose();
    }
    expect(hostile.requests).toEqual([]);
    expect(lockHolder(e2e().local.home)).toBeUndefined();
    await e2e().local.open();
  });

  test("after kill -9 of npm start, the emulator saves its state and ends, and the next start deploys nothing", async () => {
    const { home } = e2e().local;
    const { id } = await e2e().service.api.create("echo", { message: "kept" });
    await e2e().local.stop();
    const killed = new RunningScript({ env: environment() }, "start");
    await killed.prints(/logs follow/, 120);
    const { emulator, temp } = lockHolder(home) ?? {};
    if (emulator === undefined || temp === undefined)
      throw new Error("Expected an emulator that holds the lock, found none");
    killed.signal("SIGKILL");
    await eventually("the emulator has ended", 30, () =>
      Promise.resolve(isRunning(emulator) ? undefined : true),
    );
    expect(readdirSync(temp)).toEqual([]);
    const again = new RunningScript({ env: environment() }, "start", "--once");
    const { exitCode, output } = await again.ended();
    expect(exitCode).toBe(0);
    expect(output).toMatch(/✓ build[^]*Ready in .* s: http/);
    expect(output).not.toContain("deploy");
    expect(existsSync(temp)).toBe(false);
    await e2e().local.open();
    expect((await e2e().service.api.call("GET", `/tasks/${id}`)).status).toBe(200);
  });
}

/** The last steps, since they destroy the stacks. */
export function destroySteps(e2e: () => E2eEnvironment): void {
  test("npm run destroy deletes all resources", async () => {
    expect(await resourcesIn(e2e().account)).not.toEqual([]);
    await e2e().local.stop();
    const env = {
      ...process.env,
      LOCAL_CLOUD_HOME: e2e().local.home.folder,
      LOCAL_CLOUD_TOOLS: e2e().local.home.tools,
    };
    expectSuccess(
      await scriptIn(e2e().repository, env, "destroy", "dev", "--port", String(e2e().local.port)),
    );
    await e2e().local.open();
    expect(await resourcesIn(e2e().account)).toEqual([]);
  });

  test("npm run cli -- reset empties the local cloud, a bucket with objects included, once it is stopped", async () => {
    const { s3 } = stateClients(localClientConfig(e2e().local.cloud.target));
    await s3.send(new CreateBucketCommand({ Bucket: "uploads" }));
    await s3.send(new PutObjectCommand({ Bucket: "uploads", Key: "object", Body: "kept" }));
    const running = await script(environmentOf(e2e()), "reset");
    expect(running.exitCode).toBe(1);
    expect(running.stderr).toContain("already running at");
    await e2e().local.stop();
    expectSuccess(await script(environmentOf(e2e()), "reset"));
    await e2e().local.open();
    const { Buckets = [] } = await stateClients(localClientConfig(e2e().local.cloud.target)).s3.send(
      new ListBucketsCommand(),
    );
    expect(Buckets.map(({ Name }) => Name)).not.toContain("uploads");
  });
}
