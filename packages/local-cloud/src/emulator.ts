import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { emulatorCommand, emulatorEnvironment, type EmulatorSetup } from "./emulator-command";
import { emulatorDied, emulatorLost, emulatorSilent, portTaken } from "./errors";
import type { LocalCloudLock } from "./local-cloud-lock";
import { openState, markComplete } from "./kept-state";
import { identityOf, killGroup } from "./process-identity";
import { hasSaved, hasShutDown } from "./shutdown-log";

export interface EmulatorOptions extends Omit<EmulatorSetup, "temp"> {
  /** The lock of the state folder. */
  readonly lock: LocalCloudLock;
  readonly report?: (line: string) => void;
  /** Aborts the start. */
  readonly signal?: AbortSignal;
}

export interface Emulator {
  readonly endpoint: string;
  readonly pid: number;
  /** Aborted, with the error to print, when the emulator ends unexpectedly. */
  readonly lost: AbortSignal;
  /**
   * Stops the emulator and waits for its end.
   * @returns whether its state is kept for the next start
   */
  readonly stop: () => Promise<boolean>;
}

/** It starts within two seconds; more on a loaded machine. */
const startSeconds = 60;
/** On SIGTERM it writes its whole state. */
const stopSeconds = 30;
const pollMilliseconds = 100;

/** Prefix of the emulator's folder in TMPDIR. Not in the state folder, above which Node would find node_modules. */
export const tempPrefix = "local-cloud-emulator-";

/**
 * Starts the emulator on loopback, with IAM enforced and its state in the state folder.
 * @throws {LocalCloudError} when the port is in use or the emulator does not start
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { paths, port, lock, report } = options;
  if (await isListening(port)) throw portTaken(port, "");

  const problem = openState(paths);
  if (problem !== undefined) report?.(`${problem}: it starts empty, and everything is deployed again`);
  for (const folder of [paths.emulatorState, paths.emulatorObjects]) mkdirSync(folder, { recursive: true });
  const temp = mkdtempSync(join(tmpdir(), tempPrefix));
  lock.update({ temp });

  const running = new RunningEmulator({ ...options, temp });
  await running.untilHealthy(options.signal).catch(async (error: unknown) => {
    await running.stop();
    throw error;
  });
  return running;
}

class RunningEmulator implements Emulator {
  readonly endpoint: string;
  readonly pid: number;
  readonly lost: AbortSignal;
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;
  private wasHealthy = false;
  private isStopping = false;

  constructor(private readonly options: EmulatorOptions & EmulatorSetup) {
    const { paths, port, lock } = options;
    this.endpoint = `http://127.0.0.1:${port}`;
    const log = openSync(paths.emulatorLog, "w");
    const [command, ...parameters] = emulatorCommand(options);
    this.child = spawn(command, parameters, {
      cwd: paths.folder,
      env: emulatorEnvironment(options),
      stdio: ["ignore", log, log],
      // In its own process group: on Ctrl-C, this process stops it gracefully.
      detached: true,
    });
    this.pid = this.child.pid ?? 0;
    lock.update({ emulator: identityOf(this.pid) });
    const lost = new AbortController();
    this.lost = lost.signal;
    this.ended = once(this.child, "exit").then(
      () => {
        if (!this.isStopping) lost.abort(emulatorLost(this.child, paths.emulatorLog, this.isKept));
      },
      () => undefined,
    );
  }

  async untilHealthy(signal?: AbortSignal): Promise<void> {
    const { emulatorLog } = this.options.paths;
    const deadline = Date.now() + startSeconds * 1000;
    while (Date.now() < deadline) {
      signal?.throwIfAborted();
      if (this.hasEnded()) throw emulatorDied(emulatorLog, lastLines(emulatorLog));
      const response = await fetch(`${this.endpoint}/_ministack/health`).catch(() => undefined);
      this.wasHealthy = response?.ok === true;
      if (this.wasHealthy) return;
      await delay(pollMilliseconds, undefined, { signal }).catch(() => undefined);
    }
    throw emulatorSilent(startSeconds, emulatorLog);
  }

  /** Also kills processes that are left in its group. */
  async stop(): Promise<boolean> {
    this.isStopping = true;
    if (!this.hasEnded()) {
      this.child.kill("SIGTERM");
      const overdue = AbortSignal.timeout(stopSeconds * 1000);
      await Promise.race([this.ended, once(overdue, "abort")]);
      if (!this.hasEnded()) this.child.kill("SIGKILL");
      await this.ended;
    }
    if (this.pid !== 0) killGroup(this.pid);
    const { paths, temp, lock } = this.options;
    const isKept = this.isKept;
    if (isKept) markComplete(paths);
    rmSync(temp, { recursive: true, force: true });
    lock.update({ emulator: undefined, temp: undefined });
    return isKept;
  }

  private hasEnded(): boolean {
    return this.pid === 0 || this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Whether its files are a consistent state. */
  private get isKept(): boolean {
    const { paths, lock } = this.options;
    if (lock.current.deployment !== undefined) return false;
    const log = readFileSync(paths.emulatorLog, "utf8");
    if (!this.wasHealthy && !hasShutDown(log)) return true;
    return this.child.exitCode === 0 && hasSaved(log);
  }
}

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ host: "127.0.0.1", port });
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });

const lastLines = (path: string, count = 8) =>
  readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .slice(-count)
    .map((line) => `    ${line}`)
    .join("\n");
