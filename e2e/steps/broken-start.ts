import { lockHolder } from "../../scripts/local/home-lock";
import { resourcesIn } from "../support/account";
import { eventually } from "../support/eventually";
import { canSeeProcesses, processesIn } from "../support/processes";
import { RunningScript } from "../support/running-script";
import type { Walk } from "../support/walk";

/** First starts that do not come to their end. The walk's own deployment goes on from what they leave: nothing. */
export function brokenStartSteps(walk: () => Walk): void {
  const firstStart = async () => {
    const { home, port } = walk().local;
    await walk().local.stop();
    const env = { ...process.env, LOCAL_CLOUD_HOME: home.folder, LOCAL_CLOUD_PORT: String(port) };
    const start = new RunningScript(env, "local/start.ts");
    await start.prints(/core-dev +[1-9]\d* of \d+ done/, 120);
    return start;
  };
  const expectNothingLeft = async () => {
    const { home } = walk().local;
    expect(lockHolder(home)).toBeUndefined();
    if (canSeeProcesses)
      await eventually("the end of all its processes", 10, () =>
        Promise.resolve(processesIn(home.folder).length === 0 ? true : undefined),
      );
    await walk().local.open();
    expect(await resourcesIn(walk().account)).toEqual([]);
  };

  test("kill -9 of the emulator ends the deployment at once, and the next start begins empty", async () => {
    const start = await firstStart();
    const { emulator } = lockHolder(walk().local.home) ?? {};
    if (emulator === undefined) throw new Error("There is no emulator");
    process.kill(emulator.pid, "SIGKILL");
    const { exitCode, output } = await start.ended();
    expect(exitCode).toBe(1);
    expect(output).toContain("The emulator ended without having been stopped: SIGKILL");
    expect(output).not.toContain("is kept");
    await expectNothingLeft();
  });

  test("Ctrl-C while Terraform is at work ends both with one line, and the next start begins empty", async () => {
    const start = await firstStart();
    start.signal("SIGINT");
    const { exitCode, output } = await start.ended();
    expect(exitCode).toBe(130);
    const lines = output.split("\n").filter((line) => !/^(✓| {2}\w|$)/.test(line));
    expect(lines).toEqual([expect.stringMatching(/^Stopped by SIGINT while Terraform was at work: /)]);
    await expectNothingLeft();
  });
}
