import { loadEnvironment } from "../../deploy/config/load-environment";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { ensureStateStorage } from "../bootstrap/state-storage";
import { lockHome } from "./abandoned";
import { localClientConfig, stateClients } from "./aws-clients";
import { childEnvironment, type LocalTarget } from "./child-environment";
import { startEmulator, type Emulator } from "./emulator";
import type { Home } from "./home";
import type { HomeLock } from "./home-lock";
import { Interruption, under } from "./interrupt";
import { discardState } from "./kept-state";
import { findEmulator } from "./ministack";
import type { Phases } from "./phases";
import { releaseStaleLocks } from "./stale-locks";
import { mismatchedStates } from "./state-digest";
import { findTerraform, type TerraformTool } from "./terraform";

export interface LocalCloudOptions {
  readonly home: Home;
  readonly environment: string;
  readonly port: number;
  readonly phases: Phases;
  /** Stops what is going on; left out, nothing does. */
  readonly signal?: AbortSignal | undefined;
}

/** One environment's account on an emulator, and the tools to apply stacks onto it. */
export interface LocalCloud {
  readonly config: EnvironmentConfig;
  readonly target: LocalTarget;
  readonly emulator: Emulator;
  readonly terraform: TerraformTool;
  readonly lock: HomeLock;
  /** For everything that is started against it. */
  readonly env: NodeJS.ProcessEnv;
  /** Aborted when work is to stop, or cannot go on because the emulator has ended. */
  readonly signal: AbortSignal;
  /**
   * Stops the emulator and releases the home folder.
   * @returns whether the next start can go on from what it held
   */
  readonly close: () => Promise<boolean>;
}

/**
 * Finds the tools, starts the emulator and sets up Terraform's state in it.
 * @throws {LocalCloudError} with nothing left running
 */
export async function openLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const { home, environment, port, phases, signal = new AbortController().signal } = options;
  const config = await loadEnvironment(environment);
  const { region, allowed_account_ids } = config.core;
  // The emulator takes any id for an account of its own; the first that the environment allows will do.
  const [accountId = ""] = allowed_account_ids;
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
    const prepare = () => step("state", (report) => prepareState(config, target, report));
    if (!(await prepare())) {
      await emulator.stop();
      discardState(home);
      emulator = await start();
      await prepare();
    }
    const opened = emulator;
    const env = {
      ...childEnvironment(target, terraform),
      ENVIRONMENT: environment,
      CDKTF_OUTPUT: home.stacks,
    };
    return {
      ...{ config, target, terraform, lock, env },
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
 * Runs work on a local cloud, and stops it afterwards.
 * @returns whether the next start can go on from what it held
 * @throws {LocalCloudError}
 */
export async function withLocalCloud(
  options: LocalCloudOptions,
  work: (cloud: LocalCloud) => Promise<void>,
): Promise<boolean> {
  const cloud = await openLocalCloud(options);
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

/** @returns false when a state cannot be used with what the emulator holds */
async function prepareState(
  config: EnvironmentConfig,
  target: LocalTarget,
  report: (line: string) => void,
): Promise<boolean> {
  const clients = stateClients(localClientConfig(target));
  const { accountId: account } = target;
  await ensureStateStorage({ config, clients, account, demandTls: false, report: () => undefined });
  const mismatched = await mismatchedStates(config, clients);
  if (mismatched.length > 0) {
    report(
      `the state of ${mismatched.join(", ")} is not what Terraform wrote last: the emulator starts empty`,
    );
    return false;
  }
  await releaseStaleLocks(config, clients, report);
  return true;
}
