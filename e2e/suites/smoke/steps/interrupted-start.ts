import { lockHolder } from "../../../../packages/local-cloud/src/local-cloud-lock";
import type { LockRecord } from "../../../../packages/local-cloud/src/lock-record";
import { isRunning, type ProcessIdentity } from "../../../../packages/local-cloud/src/process-identity";
import { resourcesIn } from "../../../support/account";
import { eventually } from "../../../support/eventually";
import { canSeeProcesses, processesIn } from "../../../support/processes";
import { RunningScript } from "../../../support/running-script";
import type { E2eEnvironment } from "../../../support/e2e-environment";

/**
 * `npm start` on an empty emulator is interrupted while Terraform creates resources, and leaves none of them.
 * @param all whether to test every way, or `kill -9` of npm start only, after which the most is left to clean up
 */
export function interruptedStartSteps(e2e: () => E2eEnvironment, { all }: { readonly all: boolean }): void {
  /** Interrupts `npm start` once Terraform has created a resource. */
  const interruptStart = async (interrupt: (start: RunningScript, lock: LockRecord) => void) => {
    const { home, port } = e2e().local;
    await e2e().local.stop();
    const env = { ...process.env, LOCAL_CLOUD_HOME: home.folder, LOCAL_CLOUD_PORT: String(port) };
    const start = new RunningScript({ env }, "start");
    try {
      await start.prints(/core-dev +[1-9]\d* of \d+ done/, 240);
      const lock = lockHolder(home);
      if (lock === undefined) throw new Error("Expected npm start to hold the lock, found none");
      interrupt(start, lock);
      return await start.ended();
    } finally {
      start.signal("SIGINT");
    }
  };
  const expectNothingLeft = async () => {
    const { home } = e2e().local;
    expect(lockHolder(home)).toBeUndefined();
    if (canSeeProcesses)
      await eventually("all processes of npm start have ended", 10, () =>
        Promise.resolve(processesIn(home.folder).length === 0 ? true : undefined),
      );
    await e2e().local.open();
    expect(await resourcesIn(e2e().account)).toEqual([]);
  };

  test("after kill -9 of npm start during a deployment, the next start ends Terraform, and the emulator is empty", async () => {
    let deployment: ProcessIdentity | undefined;
    await interruptStart((start, lock) => {
      ({ deployment } = lock);
      start.signal("SIGKILL");
    });
    await e2e().local.open();
    expect(deployment && isRunning(deployment)).toBe(false);
    expect(await resourcesIn(e2e().account)).toEqual([]);
    await e2e().local.stop();
    await expectNothingLeft();
  });

  if (!all) return;

  test("kill -9 of the emulator ends the deployment immediately, and the emulator is empty after the next start", async () => {
    const { exitCode, output } = await interruptStart((_start, { emulator }) => {
      if (emulator !== undefined) process.kill(emulator.pid, "SIGKILL");
    });
    expect(exitCode).toBe(1);
    expect(output).toContain("The emulator ended without having been stopped: SIGKILL");
    expect(output).not.toContain("is kept");
    await expectNothingLeft();
  });

  test("Ctrl-C during a deployment ends npm start and Terraform with one line, and the emulator is empty after the next start", async () => {
    const { exitCode, output } = await interruptStart((start) => {
      start.signal("SIGINT");
    });
    expect(exitCode).toBe(130);
    const lines = output.split("\n").filter((line) => !/^(✓| {2}\w|$)/.test(line));
    expect(lines).toEqual([expect.stringMatching(/^Stopped by SIGINT while Terraform was running: /)]);
    await expectNothingLeft();
  });
}
