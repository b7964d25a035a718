import { childEnvironment, type LocalTarget, type TerraformTool } from "./child-environment";
import { startEmulator, type Emulator } from "./emulator";
import type { Home } from "./home";
import type { HomeLock } from "./home-lock";
import { Interruption, under } from "./interrupt";
import { discardState } from "./kept-state";
import { lockHome } from "./lock-home";
import { findEmulator } from "./ministack";
import type { Phases } from "./phases";
import { findTerraform } from "./terraform";

export interface LocalCloudOptions {
  readonly home: Home;
  /** The emulator accepts any 12-digit id as an account of its own. */
  readonly accountId: string;
  readonly region: string;
  readonly port: number;
  readonly phases: Phases;
  /**
   * Prepares the storage of Terraform's state in the emulator.
   * @returns false when the state does not fit what the emulator holds: the emulator is started again, empty
   */
  readonly prepareState: (target: LocalTarget, report: (line: string) => void) => Promise<boolean>;
  /** Stops the work; without it nothing does. */
  readonly signal?: AbortSignal | undefined;
}

/** An account on an emulator, and the tools to apply stacks in it. */
export interface LocalCloud {
  readonly target: LocalTarget;
  readonly emulator: Emulator;
  readonly terraform: TerraformTool;
  readonly lock: HomeLock;
  /** The environment of every process that works with the emulator. */
  readonly env: NodeJS.ProcessEnv;
  /** Aborted when work is to stop, or cannot go on because the emulator has ended. */
  readonly signal: AbortSignal;
  /**
   * Stops the emulator and releases the home folder.
   * @returns whether the emulator's state is kept for the next start
   */
  readonly close: () => Promise<boolean>;
}

/**
 * Finds the tools, starts the emulator and prepares Terraform's state in it.
 * @throws {LocalCloudError} with nothing left running
 */
export async function openLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const { home, accountId, region, port, phases, prepareState } = options;
  const { signal = new AbortController().signal } = options;
  const step = <T>(name: string, work: (report: (line: string) => void) => Promise<T>) =>
    under(signal, () => phases.run(name, work));

  const lock = await lockHome(home, `http://127.0.0.1:${port}`);
  let emulator: Emulator | undefined;
  try {
    const [terraform, program] = await step("tools", (report) =>
      Promise.all([
        findTerraform(home, process.env, { signal }),
        findEmulator(home, report, process.env, signal),
      ]),
    );
    const start = () =>
      step("emulator", (report) =>
        startEmulator({ home, lock, program, port, accountId, region, report, signal }),
      );
    emulator = await start();
    const target: LocalTarget = { endpoint: emulator.endpoint, accountId, region };
    const prepare = ({ lost }: Emulator) =>
      under(lost, () => step("state", (report) => prepareState(target, report)));
    if (!(await prepare(emulator))) {
      await emulator.stop();
      discardState(home);
      emulator = await start();
      await prepare(emulator);
    }
    const opened = emulator;
    return {
      ...{ target, terraform, lock },
      env: { ...childEnvironment(target, terraform), CDKTF_OUTPUT: home.stacks },
      emulator: opened,
      signal: AbortSignal.any([signal, opened.lost]),
      close: async () => {
        const isKept = await opened.stop();
        lock.release();
        return isKept;
      },
    };
  } catch (error) {
    await emulator?.stop();
    lock.release();
    throw error;
  }
}

/**
 * Runs work on a local cloud, and closes it afterwards.
 * @returns whether the emulator's state is kept for the next start
 * @throws {LocalCloudError}
 */
export async function closeAfter<Cloud extends Pick<LocalCloud, "close">>(
  cloud: Cloud,
  work: (cloud: Cloud) => Promise<void>,
): Promise<boolean> {
  try {
    await work(cloud);
  } catch (error) {
    const isKept = await cloud.close();
    if (error instanceof Interruption && !isKept)
      throw new Interruption(
        error.signal,
        " while Terraform was at work: the next start deploys everything again",
      );
    throw error;
  }
  return cloud.close();
}
