import { existsSync, readdirSync } from "node:fs";
import { lockHolder } from "../../scripts/local/home-lock";
import { isRunning } from "../../scripts/local/process-identity";
import { HotUpdater } from "../../scripts/local/hot-update";
import { resourcesIn } from "../support/account";
import { expectSuccess, script, scriptIn } from "../support/command";
import { programsBelow } from "../support/deployed-functions";
import { eventually } from "../support/eventually";
import { hostileEnvironment } from "../support/hostile-environment";
import { canSeeProcesses, isLoopback, listeningSockets } from "../support/processes";
import { plannedChanges } from "../support/plan";
import { RunningScript } from "../support/running-script";
import { workflowEnvironment } from "../support/workflow-identity";
import type { Walk } from "../support/walk";

/** What a person types. */
export function localCloudSteps(walk: () => Walk): void {
  const environment = () => ({
    ...process.env,
    LOCAL_CLOUD_HOME: walk().local.home.folder,
    LOCAL_CLOUD_PORT: String(walk().local.port),
  });
  /** While one process has the home folder, neither another start nor a destroy gets it. */
  const expectRefused = async () => {
    const { holder, endpoint } = lockHolder(walk().local.home) ?? {};
    const refused = await Promise.all([
      script(environment(), "start"),
      script(environment(), "destroy", "dev"),
    ]);
    for (const { exitCode, stderr } of refused) {
      expect(exitCode).toBe(1);
      expect(stderr).toContain(`already running at ${endpoint ?? "?"}: process ${holder?.pid ?? "?"}`);
    }
  };

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
    const { LOCAL_CLOUD_HOME, LOCAL_CLOUD_PORT } = environment();
    const start = new RunningScript({ ...hostile.variables, LOCAL_CLOUD_HOME, LOCAL_CLOUD_PORT }, "start");
    try {
      await start.prints(
        /✓ deploy .*\n.*the worker's result after \d+ ms\n✓ answer .*\n\nReady in .* s: http:\/\/\w+\.execute-api\.localhost:/,
        120,
      );
      await start.prints(/logs follow/, 10);
      await expectRefused();
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

  test("after kill -9 of npm start the emulator saves its state and ends, and the next start deploys nothing", async () => {
    const { home } = walk().local;
    const { id } = await walk().service.api.create("echo", { message: "kept" });
    await walk().local.stop();
    const killed = new RunningScript(environment(), "start");
    await killed.prints(/logs follow/, 60);
    const { emulator, temp } = lockHolder(home) ?? {};
    if (emulator === undefined || temp === undefined) throw new Error("There is no emulator");
    killed.signal("SIGKILL");
    await eventually("the emulator's end", 30, () => Promise.resolve(isRunning(emulator) ? undefined : true));
    expect(readdirSync(temp)).toEqual([]);
    const again = new RunningScript(environment(), "start", "--once");
    const { exitCode, output } = await again.ended();
    expect(exitCode).toBe(0);
    expect(output).toMatch(/✓ build[^]*Ready in .* s: http/);
    expect(output).not.toContain("deploy");
    expect(existsSync(temp)).toBe(false);
    await walk().local.open();
    expect((await walk().service.api.call("GET", `/tasks/${id}`)).status).toBe(200);
  });

  const onLinux = canSeeProcesses ? test : test.skip;
  onLinux(
    "the emulator and the functions listen on loopback only (/proc tells; skipped elsewhere)",
    async () => {
      expect((await walk().service.api.call("GET", "/health")).status).toBe(200);
      const { pid } = walk().local.cloud.emulator;
      expect(programsBelow(pid)).not.toEqual([]);
      const sockets = listeningSockets(pid);
      const gateway = walk().local.port.toString(16).toUpperCase().padStart(4, "0");
      expect(sockets).toContain(`0100007F:${gateway}`);
      expect(sockets.filter((socket) => !isLoopback(socket))).toEqual([]);
    },
  );

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
      await scriptIn(walk().repository, home, "destroy", "dev", "--port", String(walk().local.port)),
    );
    await walk().local.open();
    expect(await resourcesIn(walk().account)).toEqual([]);
  });
}
