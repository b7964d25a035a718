import { constants } from "node:os";

/**
 * One Ctrl-C may come twice: the terminal sends it to every process of the group, and npm sends it on to what
 * it runs as well.
 */
const sameKeyMilliseconds = 2_000;

type InterruptSignal = "SIGINT" | "SIGTERM" | "SIGHUP";

/** Work was stopped by a signal before its end. Its message is one line. */
export class Interruption extends Error {
  override readonly name = "Interruption";

  constructor(
    readonly signal: InterruptSignal,
    what = "",
  ) {
    super(`Stopped by ${signal}${what}.`);
  }

  /** What a shell reports for a process that a signal has ended: 130, 143, 129. */
  get exitCode(): number {
    return 128 + constants.signals[this.signal];
  }
}

/**
 * Turns Ctrl-C, SIGTERM and SIGHUP into an abort signal, whose reason is an Interruption, so that work ends in order
 * instead of at once. Another one, seconds later, ends the process immediately.
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
  // A closed terminal or pipe takes no output: what is left to do is to stop in order.
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", () => {
      controller.abort(new Interruption("SIGHUP"));
    });
  return controller.signal;
}

/**
 * Runs work unless or until a signal is aborted.
 * @throws the signal's reason once it is aborted, whatever error the work has ended with
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
