import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { emulatorCommand, emulatorEnvironment, type EmulatorSetup } from "./emulator-command";
import { emulatorDied, emulatorLost, emulatorSilent, portTaken } from "./errors";
import type { HomeLock } from "./home-lock";
import { openState, sealState } from "./kept-state";
import { identityOf, killGroup } from "./process-identity";
import { hasSaved, hasShutDown } from "./shutdown-log";

export interface EmulatorOptions extends Omit<EmulatorSetup, "temp"> {
  /** The right to use the home folder. */
  readonly lock: HomeLock;
  readonly report?: (line: string) => void;
  /** Gives up waiting for it to come up. */
  readonly signal?: AbortSignal;
}

export interface Emulator {
  readonly endpoint: string;
  readonly pid: number;
  /** Aborted, with the error to show, when it ends without having been stopped. */
  readonly lost: AbortSignal;
  /**
   * Shuts it down; resolves when it is gone.
   * @returns whether the next start can go on from what it held
   */
  readonly stop: () => Promise<boolean>;
}

/** It starts within two seconds here; a loaded machine may need more. */
const startSeconds = 60;
/** It writes its whole state when SIGTERM ends it. */
const stopSeconds = 30;
const pollMilliseconds = 100;

/** Folders of emulators in TMPDIR. Not in the home folder: Node would look for modules in the folders above it. */
export const tempPrefix = "local-cloud-emulator-";

/**
 * Starts the emulator on loopback, with permissions enforced and everything kept in the home folder.
 * @throws {LocalCloudError} when the port is taken or it does not come up
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { home, port, lock, report } = options;
  if (await isListening(port)) throw portTaken(port, "");

  const problem = openState(home);
  if (problem !== undefined) report?.(`${problem}: it starts empty, and everything is deployed again`);
  for (const folder of [home.emulatorState, home.emulatorObjects]) mkdirSync(folder, { recursive: true });
  const temp = mkdtempSync(join(tmpdir(), tempPrefix));
  lock.note({ temp });

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
    const { home, port, lock } = options;
    this.endpoint = `http://127.0.0.1:${port}`;
    const log = openSync(home.emulatorLog, "w");
    const [command, ...parameters] = emulatorCommand(options);
    this.child = spawn(command, parameters, {
      cwd: home.folder,
      env: emulatorEnvironment(options),
      stdio: ["ignore", log, log],
      // A group of its own: Ctrl-C is for us, who then stop it in order.
      detached: true,
    });
    this.pid = this.child.pid ?? 0;
    lock.note({ emulator: identityOf(this.pid) });
    const lost = new AbortController();
    this.lost = lost.signal;
    this.ended = once(this.child, "exit").then(
      () => {
        if (!this.isStopping) lost.abort(emulatorLost(this.child, home.emulatorLog, this.isKept));
      },
      () => undefined,
    );
  }

  async untilHealthy(signal?: AbortSignal): Promise<void> {
    const { emulatorLog } = this.options.home;
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

  /** What it started ends with it; what is left of its group after that is ended for it. */
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
    const { home, temp, lock } = this.options;
    const isKept = this.isKept;
    if (isKept) sealState(home);
    rmSync(temp, { recursive: true, force: true });
    lock.note({ emulator: undefined, temp: undefined });
    return isKept;
  }

  private hasEnded(): boolean {
    return this.pid === 0 || this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Whether its files are a state of it, and not of several moments. */
  private get isKept(): boolean {
    const { home, lock } = this.options;
    if (lock.current.deployment !== undefined) return false;
    const log = readFileSync(home.emulatorLog, "utf8");
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
