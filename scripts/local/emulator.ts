import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { lambdaNode } from "../build/paths";
import { inherited } from "./child-environment";
import { alreadyRunning, emulatorDied, emulatorSilent, portTaken } from "./errors";
import type { Home } from "./home";
import type { EmulatorProgram } from "./ministack";

export interface EmulatorOptions {
  readonly home: Home;
  readonly program: EmulatorProgram;
  readonly port: number;
  /** Calls without a signature, such as those of a browser, go to this account. */
  readonly accountId: string;
  readonly region: string;
}

export interface Emulator {
  readonly endpoint: string;
  readonly pid: number;
  /** Ends it, everything written; resolves when it is gone. */
  readonly stop: () => Promise<void>;
  /** Resolves when it has ended by itself. */
  readonly ended: Promise<void>;
}

/** It starts within two seconds here; a loaded machine may need more. */
const startSeconds = 60;
/** It writes its whole state when told to stop. */
const stopSeconds = 30;
const pollMilliseconds = 100;

/**
 * Starts the emulator on loopback, with permissions enforced and everything kept in the home folder.
 * @throws {LocalCloudError} when the port is taken, it runs already, or it does not come up
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { home, port } = options;
  const running = runningPid(home);
  if (running !== undefined) throw alreadyRunning(running, port);
  if (await isListening(port)) throw portTaken(port, "");

  for (const folder of [home.emulatorState, home.emulatorObjects]) mkdirSync(folder, { recursive: true });
  const log = openSync(home.emulatorLog, "w");
  const [command, ...parameters] = commandLine(options);
  const child = spawn(command, parameters, {
    cwd: home.folder,
    env: emulatorEnvironment(options),
    stdio: ["ignore", log, log],
    // A group of its own: Ctrl-C is for us, who then stop it in order.
    detached: true,
  });
  const ended = once(child, "exit").then(() => undefined);
  const endpoint = `http://127.0.0.1:${port}`;
  await untilHealthy(child, endpoint, home).catch(async (error: unknown) => {
    await stop(child, ended);
    throw error;
  });
  const pid = child.pid ?? 0;
  writeFileSync(home.pidFile, String(pid));
  return {
    endpoint,
    pid,
    ended,
    stop: async () => {
      await stop(child, ended);
      rmSync(home.pidFile, { force: true });
    },
  };
}

/** What the emulator is told. */
const settings = ({ home, port, accountId, region }: EmulatorOptions) => ({
  GATEWAY_PORT: String(port),
  AUTH: "true",
  MINISTACK_ACCOUNT_ID: accountId,
  MINISTACK_REGION: region,
  PERSIST_STATE: "1",
  STATE_DIR: home.emulatorState,
  // Without these two, Terraform's state would be gone after a restart while its locks were remembered.
  S3_PERSIST: "1",
  S3_DATA_DIR: home.emulatorObjects,
});

/** A clean one: whatever the emulator has in its environment, it hands on to the functions it runs. */
function emulatorEnvironment(options: EmulatorOptions): NodeJS.ProcessEnv {
  if (options.program.kind === "docker") return inherited();
  const { HOME, LANG, TMPDIR, PATH } = inherited();
  // Functions run on the Node that Lambda has, whatever the host's is.
  const path = [dirname(lambdaNode), PATH].join(delimiter);
  const PYTHONPATH = join(__dirname, "emulator-startup");
  return { HOME, LANG, TMPDIR, PATH: path, PYTHONPATH, BIND_HOST: "127.0.0.1", ...settings(options) };
}

function commandLine(options: EmulatorOptions): [string, ...string[]] {
  const { program, home, port } = options;
  if (program.kind === "process") return [program.path];
  const variables = Object.entries(settings(options)).flatMap(([name, value]) => [
    "--env",
    `${name}=${value}`,
  ]);
  const folder = join(home.folder, "emulator");
  return [
    program.path,
    ...["run", "--rm", "--publish", `127.0.0.1:${port}:${port}`, "--volume", `${folder}:${folder}`],
    ...variables,
    program.image,
  ];
}

async function untilHealthy(child: ChildProcess, endpoint: string, home: Home): Promise<void> {
  const deadline = Date.now() + startSeconds * 1000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      throw emulatorDied(home.emulatorLog, lastLines(home.emulatorLog));
    }
    const answer = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    if (answer?.ok) return;
    await delay(pollMilliseconds);
  }
  throw emulatorSilent(startSeconds, home.emulatorLog);
}

/** Asks it to end; what it started ends with it, and what is left of its group after that is ended for it. */
async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  if (child.exitCode === null && child.signalCode === null) {
    child.kill("SIGTERM");
    const gone = await Promise.race([
      ended.then(() => true),
      delay(stopSeconds * 1000, false, { ref: false }),
    ]);
    if (!gone) child.kill("SIGKILL");
    await ended;
  }
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Nothing of the group is left.
  }
}

/** The emulator that a home's pid file names, if that process is there and is an emulator. */
export function runningPid(home: Home): number | undefined {
  if (!existsSync(home.pidFile)) return undefined;
  const pid = Number(readFileSync(home.pidFile, "utf8"));
  try {
    process.kill(pid, 0);
  } catch {
    return undefined;
  }
  // The number may be another process's by now.
  const commandLineFile = `/proc/${pid}/cmdline`;
  const isOther = existsSync(commandLineFile) && !readFileSync(commandLineFile, "utf8").includes("ministack");
  return isOther ? undefined : pid;
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
