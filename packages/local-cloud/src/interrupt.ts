import { constants } from "node:os";

/**
 * One Ctrl-C may arrive twice: the terminal sends it to every process of the group, and npm forwards it to its child.
 */
const sameKeyMilliseconds = 2_000;

type InterruptSignal = "SIGINT" | "SIGTERM" | "SIGHUP";

/** A signal has interrupted the work. The message is one line. */
export class Interruption extends Error {
  override readonly name = "Interruption";

  constructor(
    readonly signal: InterruptSignal,
    what = "",
  ) {
    super(`Stopped by ${signal}${what}.`);
  }

  /** The shell's exit code for a process ended by the signal: 130, 143, 129. */
  get exitCode(): number {
    return 128 + constants.signals[this.signal];
  }
}

/**
 * Converts Ctrl-C, SIGTERM and SIGHUP to an abort signal, whose reason is an Interruption, for a graceful stop. Another
 * signal, seconds later, ends the process immediately.
 */
export function stopOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  let first: number | undefined;
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      const interruption = new Interruption(name);
      first ??= performance.now();
      if (performance.now() - first > sameKeyMilliseconds) process.exit(interruption.exitCode);
      controller.abort(interruption);
    });
  }
  // A closed terminal or pipe is handled as SIGHUP.
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", () => {
      controller.abort(new Interruption("SIGHUP"));
    });
  return controller.signal;
}

/**
 * Runs work unless a signal is aborted.
 * @throws the signal's reason instead of the work's error, once it is aborted
 */
export async function under<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
