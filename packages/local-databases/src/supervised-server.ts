import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createConnection } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { inherited } from "../../local-cloud/src/child-environment";
import { serverEnded, serverSilent } from "./errors";

/**
 * Runs a server until its standard input ends: that is when this process stops it, and when this process is killed. The
 * shell waits for the server, and the second process for the end of the input, or a line. `$1` is the signal of a clean
 * shutdown; after a line, it is KILL.
 */
const supervise = `
exec 3<&0
stop=$1
shift
"$@" </dev/null 3<&- &
server=$!
{ read -r line <&3 && stop=KILL; kill -s "$stop" "$server" 2>/dev/null; } &
watch=$!
trap '' INT TERM HUP
wait "$server"
code=$?
kill "$watch" 2>/dev/null
exit "$code"
`;

/** The user that a server runs as. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

export interface ServerCommand {
  /** For messages. */
  readonly name: string;
  readonly program: string;
  readonly parameters: readonly string[];
  readonly port: number;
  /** Whether it serves its clients; by default when it accepts a connection. */
  readonly isReady?: () => Promise<boolean>;
  /** The signal of a clean shutdown, without SIG. */
  readonly stopSignal: "INT" | "TERM";
  readonly user?: ServerUser | undefined;
}

/** A server of this process, on the loopback interface. */
export interface Server {
  readonly port: number;
  /** Aborted when the server ended without having been stopped. */
  readonly lost: AbortSignal;
  /** Shuts the server down cleanly. */
  readonly stop: () => Promise<void>;
  /** Kills it without a shutdown, as a crash does. */
  readonly kill: () => Promise<void>;
}

const startSeconds = 60;
const pollMilliseconds = 20;
const keptLines = 20;

/**
 * Starts a server and waits for its port. It ends with this process.
 * @throws {LocalCloudError}
 */
export async function startServer(command: ServerCommand): Promise<Server> {
  const { name, program, parameters, port, stopSignal, user, isReady = () => accepts(port) } = command;
  const child = spawn("/bin/sh", ["-c", supervise, name, stopSignal, program, ...parameters], {
    env: inherited(),
    stdio: ["pipe", "pipe", "pipe"],
    // In its own process group: Ctrl-C reaches this process only, which stops the server.
    detached: true,
    ...user,
  });
  // The shell has ended before the input does.
  child.stdin.on("error", () => undefined);
  const lines = lastLinesOf(child);
  const ended = once(child, "exit");
  let isStopping = false;
  const lost = new AbortController();
  void ended.then(() => {
    if (!isStopping) lost.abort(serverEnded(name, endOf(child), lines()));
  });
  const end = async (line: string) => {
    isStopping = true;
    if (hasEnded(child)) return;
    child.stdin.end(line);
    await ended;
  };
  const server: Server = {
    port,
    lost: lost.signal,
    stop: () => end(""),
    kill: () => end("kill\n"),
  };
  const deadline = Date.now() + startSeconds * 1000;
  while (!(await isReady())) {
    if (hasEnded(child)) throw serverEnded(name, endOf(child), lines());
    if (Date.now() > deadline) {
      await server.kill();
      throw serverSilent(name, startSeconds);
    }
    await delay(pollMilliseconds);
  }
  return server;
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;
const endOf = ({ exitCode, signalCode }: ChildProcess) => signalCode ?? exitCode ?? "unknown";

/** Reads the output, since a full pipe would stop the server, and keeps its end. */
function lastLinesOf({ stdout, stderr }: ChildProcess): () => string {
  let text = "";
  for (const stream of [stdout, stderr])
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      text = (text + chunk).split("\n").slice(-keptLines).join("\n");
    });
  return () => text.trim();
}

/** Whether a program listens on a loopback port. */
export const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ host: "127.0.0.1", port });
    const settle = (accepted: boolean) => {
      socket.destroy();
      resolve(accepted);
    };
    socket.once("connect", () => {
      settle(true);
    });
    socket.once("error", () => {
      settle(false);
    });
  });
