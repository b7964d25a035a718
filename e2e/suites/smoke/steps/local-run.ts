import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockHolder } from "../../../../packages/local-cloud/src/local-cloud-lock";
import { HotUpdater } from "../../../../packages/local-cloud/src/hot-update";
import { bundleFunction } from "../../../../scripts/build/bundle-function";
import { openApiDocument } from "../../../../scripts/documents/openapi/document";
import { FunctionChanges } from "../../faults/function-changes";
import { expectSuccess, script } from "../../../support/command";
import { programsBelow } from "../../../support/deployed-functions";
import { canSeeProcesses, isLoopback, openSockets } from "../../../support/processes";
import { RunningScript } from "../../../support/running-script";
import type { E2eEnvironment } from "../../../support/e2e-environment";
import { devPrefix } from "../../../support/names";

/** What `npm start` prints, and where it listens. Something is deployed already. */
export function localRunSteps(e2e: () => E2eEnvironment): void {
  /** Starts the suite's cloud by `npm start`. */
  async function startCloud(...parameters: readonly string[]): Promise<[start: RunningScript, url: string]> {
    const { home, port } = e2e().local;
    await e2e().local.stop();
    const env = { ...process.env, LOCAL_CLOUD_HOME: home.folder, LOCAL_CLOUD_PORT: String(port) };
    const start = new RunningScript({ env }, "start", ...parameters);
    try {
      const [, url = ""] = await start.prints(/Ready in .* s: (http\S+)\n[^]*logs follow/, 120);
      return [start, url];
    } catch (error) {
      await stop(start);
      throw error;
    }
  }
  async function stop(start: RunningScript): Promise<void> {
    await start.interrupt();
    await e2e().local.open();
  }

  describe("npm start", () => {
    let start: RunningScript;
    let url: string;
    beforeAll(async () => {
      [start, url] = await startCloud();
    });
    afterAll(() => stop(start));

    test("every route responds at the printed URL, /health and unknown paths included", async () => {
      const calls = Object.entries(openApiDocument().paths ?? {}).flatMap(([path, operations]) =>
        Object.keys(operations).map((method) => [method.toUpperCase(), path] as const),
      );
      expect(calls).toContainEqual(["GET", "/health"]);
      const more = ["/docs", "/openapi.json", "/problems/resource-not-found", "/", "/nothing", "//tasks"];
      for (const [method, path] of [...calls, ...more.map((each) => ["GET", each] as const)]) {
        const response = await fetch(url + path.replace(/\{\w+\}/, "01ARZ3NDEKTSV4RRFFQ69G5FAV"), { method });
        // Only the function sets it.
        expect([method, path, response.headers.get("x-request-id")]).toEqual([
          ...[method, path],
          expect.stringMatching(/./),
        ]);
      }
      await start.prints(new RegExp(`^API documentation: ${url}/docs$`, "m"), 5);
      const { origin } = new URL(url);
      expect((await fetch(`${origin}/health`)).headers.get("x-request-id")).toBeNull();
      expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ status: "ok" });
      expect(await (await fetch(`${url}/openapi.json`)).json()).toMatchObject({
        info: openApiDocument().info,
      });
    });

    test("without --aws, the commands of operators use the local cloud that npm start runs", async () => {
      const plan = join(e2e().local.home.folder, "plan");
      const env = { ...process.env, LOCAL_CLOUD_HOME: e2e().local.home.folder };
      const commandLines: readonly [string, ...string[]][] = [
        ["plan", "dev", "--out", plan],
        ["apply", "dev", "--plan", plan],
        ["secret", "dev", "signing-key", "--random"],
        ["dlq", "dev", "redrive"],
        ["status", "dev"],
        ["locks", "dev"],
        ["state", "dev", "core", "list"],
      ];
      for (const commandLine of commandLines) {
        const result = await script(env, ...commandLine);
        expectSuccess(result);
        expect(result.stdout).toContain(` at ${new URL(url).origin}, region `);
      }
    });

    test("log lines are readable: function, level, message, task", async () => {
      const { id } = await e2e().service.api.create("echo", { message: "readable" });
      await start.prints(
        new RegExp(`^\\d\\d:\\d\\d:\\d\\d\\.\\d{3} {2}worker {4}INFO {3}task succeeded {2}task ${id} `, "m"),
        20,
      );
    });

    test("the error of a function that does not load is printed, with the stack in its sources", async () => {
      const changes = new FunctionChanges(e2e().account.lambda, "dev");
      await changes.withVariables("api", { LOG_LEVEL: "LOUD" }, async () => {
        expect((await fetch(`${url}/health`)).status).toBe(502);
        await start.prints(
          /api {7}ERROR {2}The function did not load\.\n {4}Error: The function's environment is wrong .*LOG_LEVEL.*\n[^]*\(functions\/api\/index\.ts:\d+:\d+\)/,
          120,
        );
      });
      expect((await fetch(`${url}/health`)).status).toBe(200);
    });

    const onLinux = canSeeProcesses ? test : test.skip;
    onLinux("npm start, the emulator and the functions open sockets on loopback only", async () => {
      expect((await fetch(`${url}/health`)).status).toBe(200);
      const { emulator } = lockHolder(e2e().local.home) ?? {};
      expect(programsBelow(emulator?.pid ?? 0)).not.toEqual([]);
      const sockets = openSockets(start.pid);
      const gateway = e2e().local.port.toString(16).toUpperCase().padStart(4, "0");
      expect(sockets).toContain(`0100007F:${gateway}`);
      expect(sockets.filter((socket) => !isLoopback(socket))).toEqual([]);
    });
  });

  test("with --json, standard output has the logged JSON objects alone", async () => {
    const [start] = await startCloud("--json");
    try {
      const { id } = await e2e().service.api.create("echo", { message: "raw" });
      await start.prints(new RegExp(`^\\{.*"message":"task succeeded".*"taskId":"${id}"`, "m"), 20);
      const objects = start.standardOutput
        .trim()
        .split("\n")
        .map((line): unknown => JSON.parse(line));
      expect(objects).not.toEqual([]);
    } finally {
      await stop(start);
    }
  });

  test("kill -9 of the emulator ends npm start at once, with the emulator's log and what comes next", async () => {
    const { home } = e2e().local;
    const backup = mkdtempSync(join(tmpdir(), "emulator-backup-"));
    await e2e().local.stop();
    cpSync(home.emulator, backup, { recursive: true });
    const [start] = await startCloud();
    try {
      const { emulator } = lockHolder(home) ?? {};
      if (emulator === undefined) throw new Error("There is no emulator");
      process.kill(emulator.pid, "SIGKILL");
      const killed = performance.now();
      const { exitCode, output } = await start.ended();
      expect(performance.now() - killed).toBeLessThan(5_000);
      expect(exitCode).toBe(1);
      expect(output).toContain(
        `The emulator ended without having been stopped: SIGKILL.\n  expected  the emulator to run until Ctrl-C\n  next      read its log, ${home.emulatorLog}, then start again: its state is lost, and the next start deploys everything again`,
      );
      expect(output).not.toContain("is kept");
      // What it held is put back for the steps that follow.
      rmSync(home.emulator, { recursive: true });
      cpSync(backup, home.emulator, { recursive: true });
    } finally {
      await stop(start);
      rmSync(backup, { recursive: true });
    }
  });

  test("a function is updated in place within a second", async () => {
    const functions = [{ name: "api", deployedAs: `${devPrefix}-api` }] as const;
    const hot = "exports.handler = async () => ({ statusCode: 200, body: 'hot' });";
    const updater = new HotUpdater(e2e().local.cloud.target, () =>
      Promise.resolve({ code: Buffer.from(hot), imports: new Map(), sourceMap: new Uint8Array(), files: [] }),
    );
    const started = performance.now();
    expect(await updater.update(functions)).toEqual({ updated: ["api"], refused: [] });
    expect(await (await e2e().service.api.call("GET", "/health")).text()).toBe("hot");
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(await updater.update(functions)).toEqual({ updated: [], refused: [] });
    expect(await new HotUpdater(e2e().local.cloud.target, bundleFunction).update(functions)).toEqual({
      updated: ["api"],
      refused: [],
    });
    expect((await e2e().service.api.call("GET", "/health")).status).toBe(200);
  });
}
