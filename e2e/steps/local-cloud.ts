import { lockHolder } from "../../scripts/local/home-lock";
import { HotUpdater } from "../../scripts/local/hot-update";
import { resourcesIn } from "../support/account";
import { expectSuccess, scriptIn } from "../support/command";
import { hostileEnvironment } from "../support/hostile-environment";
import { plannedChanges } from "../support/plan";
import { RunningScript } from "../support/running-script";
import { workflowEnvironment } from "../support/workflow-identity";
import type { Walk } from "../support/walk";

/** What a person types. */
export function localCloudSteps(walk: () => Walk): void {
  test("a second plan of every layer, by the plan role, is empty", async () => {
    const { cloud, home } = walk().local;
    const env = await workflowEnvironment(cloud, "plan");
    expect(await plannedChanges({ ...cloud, env }, home)).toEqual([]);
  });

  test("npm start goes on from what is there, touches nothing else whatever credentials lie around, and ends on Ctrl-C", async () => {
    // One page of the most that a page can be: steps before this one have made more tasks than the usual page has.
    const tasks = async () => (await walk().service.api.list({ limit: 100 })).tasks;
    const before = await tasks();
    await walk().local.stop();
    const hostile = await hostileEnvironment();
    const home = { LOCAL_CLOUD_HOME: walk().local.home.folder, LOCAL_CLOUD_PORT: String(walk().local.port) };
    const start = new RunningScript({ ...hostile.variables, ...home }, "local/start.ts");
    try {
      await start.prints(
        /✓ deploy .*\n.*the worker's result after \d+ ms\n✓ answer .*\n\nReady in .* s: http:\/\/\w+\.execute-api\.localhost:/,
        120,
      );
      await start.prints(/logs follow/, 10);
      expect(await tasks()).toEqual(expect.arrayContaining(before));
      const { id } = await walk().service.api.create("echo", { message: "seen in the logs" });
      await start.prints(new RegExp(`tasks-dev-worker .*"taskId":"${id}"`), 20);
    } finally {
      expect(await start.interrupt()).toContain("Stopped. Everything is kept for the next start.");
      await hostile.dispose();
    }
    expect(hostile.caught).toEqual([]);
    expect(lockHolder(walk().local.home)).toBeUndefined();
    await walk().local.open();
  });

  test("npm start deploys nothing when nothing has changed since", async () => {
    await walk().local.stop();
    const home = { LOCAL_CLOUD_HOME: walk().local.home.folder, LOCAL_CLOUD_PORT: String(walk().local.port) };
    const start = new RunningScript({ ...process.env, ...home }, "local/start.ts");
    const [said] = await start.prints(/✓ build[^]*Ready in .* s: http/, 60);
    await start.interrupt();
    expect(said).not.toContain("deploy");
    await walk().local.open();
  });

  test("a function is updated in place within a second", async () => {
    const functions = [{ name: "api", deployedAs: "tasks-dev-api" }] as const;
    const hot = "exports.handler = async () => ({ statusCode: 200, body: 'hot' });";
    const updater = new HotUpdater(walk().local.cloud.target, () =>
      Promise.resolve({ code: Buffer.from(hot), imports: new Map(), sourceMap: new Uint8Array(), files: [] }),
    );
    const started = performance.now();
    expect(await updater.update(functions)).toEqual(["api"]);
    expect(await (await walk().service.api.call("GET", "/health")).text()).toBe("hot");
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(await updater.update(functions)).toEqual([]);
    expect(await new HotUpdater(walk().local.cloud.target).update(functions)).toEqual(["api"]);
    expect((await walk().service.api.call("GET", "/health")).status).toBe(200);
  });
}

/** The end of the walk. */
export function destroySteps(walk: () => Walk): void {
  test("npm run destroy leaves nothing behind", async () => {
    expect(await resourcesIn(walk().account)).not.toEqual([]);
    await walk().local.stop();
    const home = {
      ...process.env,
      LOCAL_CLOUD_HOME: walk().local.home.folder,
      LOCAL_CLOUD_TOOLS: walk().local.home.tools,
    };
    expectSuccess(
      await scriptIn(walk().repository, home, "destroy.ts", "dev", "--port", String(walk().local.port)),
    );
    await walk().local.open();
    expect(await resourcesIn(walk().account)).toEqual([]);
  });
}
