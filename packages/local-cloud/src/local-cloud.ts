import { childEnvironment, type LocalTarget, type TerraformTool } from "./child-environment";
import { startEmulator, type Emulator } from "./emulator";
import type { LocalPaths } from "./local-paths";
import type { LocalCloudLock } from "./local-cloud-lock";
import { Interruption, under } from "./interrupt";
import { discardState } from "./kept-state";
import { acquireLock } from "./acquire-lock";
import { findEmulator } from "./ministack";
import type { StepReporter } from "./step-reporter";
import { findTerraform } from "./terraform";

export interface LocalCloudOptions {
  readonly paths: LocalPaths;
  /** Any 12-digit id; each is a separate account. */
  readonly accountId: string;
  readonly region: string;
  readonly port: number;
  readonly steps: StepReporter;
  /**
   * Prepares the storage of Terraform's state in the emulator.
   * @returns false when the state does not match the emulator's: the emulator is restarted, empty
   */
  readonly prepareState: (target: LocalTarget, report: (line: string) => void) => Promise<boolean>;
  /** Aborts the work. */
  readonly signal?: AbortSignal | undefined;
}

/** An account on an emulator, and the tools to apply stacks in it. */
export interface LocalCloud {
  readonly target: LocalTarget;
  readonly emulator: Emulator;
  readonly terraform: TerraformTool;
  readonly lock: LocalCloudLock;
  /** The environment of child processes. */
  readonly env: NodeJS.ProcessEnv;
  /** Aborted when work has to stop, or the emulator has ended. */
  readonly signal: AbortSignal;
  /**
   * Stops the emulator and releases the lock.
   * @returns whether the emulator's state is kept for the next start
   */
  readonly close: () => Promise<boolean>;
}

/**
 * Finds the tools, starts the emulator and prepares Terraform's state in it.
 * @throws {LocalCloudError} with nothing left running
 */
export async function openLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const { paths, accountId, region, port, steps, prepareState } = options;
  const { signal = new AbortController().signal } = options;
  const step = <T>(name: string, work: (report: (line: string) => void) => Promise<T>) =>
    under(signal, () => steps.run(name, work));

  const lock = await acquireLock(paths, `http://127.0.0.1:${port}`);
  let emulator: Emulator | undefined;
  try {
    const [terraform, program] = await step("tools", (report) =>
      Promise.all([
        findTerraform(paths, process.env, { signal }),
        findEmulator(paths, report, process.env, signal),
      ]),
    );
    const start = () =>
      step("emulator", (report) =>
        startEmulator({ paths, lock, program, port, accountId, region, report, signal }),
      );
    emulator = await start();
    const target: LocalTarget = { endpoint: emulator.endpoint, accountId, region };
    const prepare = ({ lost }: Emulator) =>
      under(lost, () => step("state", (report) => prepareState(target, report)));
    if (!(await prepare(emulator))) {
      await emulator.stop();
      discardState(paths);
      emulator = await start();
      await prepare(emulator);
    }
    const opened = emulator;
    return {
      ...{ target, terraform, lock },
      env: { ...childEnvironment(target, terraform), CDKTF_OUTPUT: paths.stacks },
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
        " while Terraform was running: the next start deploys everything again",
      );
    throw error;
  }
  return cloud.close();
}
