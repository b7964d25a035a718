import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../../scripts/build/paths";
import { RepositoryCopy } from "../../../../scripts/testing/repository-copy";
import { RunningScript } from "../../../support/running-script";
import type { E2eEnvironment } from "../../../support/e2e-environment";
import { devPrefix } from "../../../support/names";

/** Two starts with a deployment each, on a loaded machine. */
const longestMilliseconds = 600_000;
const handler = "functions/worker/handlers/echo.ts";
const original = "Promise.resolve({ message })";

/** Editing functions while `npm run dev` runs, and starts after that. In a copy of the repository. */
export function devLoopSteps(e2e: () => E2eEnvironment): void {
  let copy: RepositoryCopy;
  /** The handler's code as it is saved. */
  let saved = original;
  beforeAll(() => {
    copy = new RepositoryCopy();
    copy.write("package-lock.json", readFileSync(join(root, "package-lock.json"), "utf8"));
  });
  afterAll(() => {
    copy.dispose();
  });

  /** Saves another code of the handler. */
  const save = (code: string) => {
    copy.edit(handler, saved, code);
    saved = code;
  };
  /** Runs a command of the copy on the suite's cloud for some work. */
  async function running(
    commandLine: readonly [string, ...string[]],
    work: (script: RunningScript) => Promise<void>,
  ): Promise<{ readonly exitCode: number | null; readonly output: string }> {
    const { home, port } = e2e().local;
    await e2e().local.stop();
    const env = {
      ...process.env,
      LOCAL_CLOUD_HOME: home.folder,
      LOCAL_CLOUD_TOOLS: home.tools,
      LOCAL_CLOUD_PORT: String(port),
    };
    const script = new RunningScript({ env, folder: copy.folder }, ...commandLine);
    try {
      await work(script);
    } finally {
      script.signal("SIGINT");
      await script.ended();
      await e2e().local.open();
    }
    return script.ended();
  }
  /** The result of an echo task. */
  const echoed = async () => {
    const { api } = e2e().service;
    return (await api.until((await api.create("echo", { message: "hello" })).id, "succeeded")).result;
  };

  test(
    "npm run dev updates functions, and reports what it cannot apply; a later start runs the sources",
    async () => {
      const { output } = await running(["dev"], async (dev) => {
        await dev.prints(/Watching functions\//, 200);
        expect(await echoed()).toEqual({ message: "hello" });

        save('Promise.resolve({ message: message + "!" })');
        await dev.prints(/updated [\w, ]*worker in \d+ ms/, 120);
        expect(await echoed()).toEqual({ message: "hello!" });

        save("Promise.resolve({ message: )");
        await dev.prints(/Could not build functions\//, 120);
        save('Promise.resolve({ message: message + "?" })');
        await dev.prints(
          /Fixed: all functions are built, and run their sources\.\nupdated [\w, ]*worker/,
          120,
        );
        expect(await echoed()).toEqual({ message: "hello?" });

        save("Promise.reject(new Error(`not ${message}`))");
        await dev.prints(/(updated [\w, ]*worker in \d+ ms[^]*){3}/, 120);
        await e2e().service.api.create("echo", { message: "mapped" });
        await dev.prints(
          /WARN {3}attempt failed[^]*Error: not mapped\n.*functions\/worker\/handlers\/echo\.ts:\d+:\d+/,
          120,
        );

        save('Promise.resolve({ message: message + "." }),\n  secrets: ["partner-token"]');
        await dev.prints(
          /worker is not updated and keeps its code: it does not load[^]*SECRET_ARNS.*partner-token/,
          120,
        );
        await dev.prints(
          new RegExp(
            `Not applied, since only Terraform can apply it:\\n[^]*aws_secretsmanager_secret ${devPrefix}-partner-token: new`,
          ),
          150,
        );
        save("Promise.resolve({ message: 1 * message })");
        await dev.prints(/Fixed: no change is waiting for a restart\./, 150);
        await dev.prints(
          /Type errors: 1\n {2}functions\/worker\/handlers\/echo\.ts:\d+:\d+ {2}The right-hand side/,
          200,
        );
        save('Promise.resolve({ message: message + "," })');
        await dev.prints(/The right-hand side[^]*Fixed: there are no type errors\./, 120);
        expect(await echoed()).toEqual({ message: "hello," });
      });
      expect(output).toContain("Stopped. Everything is kept for the next start.");

      // As git checkout does.
      save(original);
      const start = await running(["start", "--once"], async (script) => {
        await script.prints(/Ready in/, 120);
        await script.ended();
      });
      expect(start.output).toMatch(/worker.* ran other code than the build: updated/);
      expect(start.output).not.toContain("✓ deploy");
      expect(start.exitCode).toBe(0);
      expect(await echoed()).toEqual({ message: "hello" });
    },
    longestMilliseconds,
  );

  test(
    "a failed start prints the task's error and the function's log, and the emulator keeps running",
    async () => {
      save('Promise.reject(new Error("not today"))');
      const { exitCode, output } = await running(["start"], async (start) => {
        await start.prints(/The start has failed\. The emulator keeps running for a look, until Ctrl-C/, 200);
        expect((await fetch(`${e2e().service.api.base}/health`)).status).toBe(200);
      });
      expect(exitCode).toBe(1);
      expect(output).toMatch(
        /Unexpected response to GET .*\/tasks\/\w+: status 200, the task is \w+: not today\./,
      );
      expect(output).toMatch(
        /attempt failed[^]*Error: not today\n.*functions\/worker\/handlers\/echo\.ts:\d+:\d+/,
      );
      expect(output).toContain("npm run cli -- reset");
      save(original);
      const again = await running(["start", "--once"], async (script) => {
        await script.ended();
      });
      expect(again.exitCode).toBe(0);
      expect(again.output).toContain("Ready in");
      expect(await echoed()).toEqual({ message: "hello" });
    },
    longestMilliseconds,
  );
}
