/**
 * One Ctrl-C may come twice: the terminal sends it to every process of the group, and npm sends it on to what
 * it runs as well.
 */
const sameKeyMilliseconds = 2_000;

/** As a shell says it of what Ctrl-C has ended. */
const interruptedExitCode = 130;

/**
 * Turns Ctrl-C and SIGTERM into a signal that work can wait for, so that it ends in order instead of at once.
 * Another Ctrl-C, seconds later, ends the process there and then.
 */
export function stopOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  let first: number | undefined;
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      first ??= performance.now();
      if (performance.now() - first > sameKeyMilliseconds) process.exit(interruptedExitCode);
      controller.abort();
    });
  }
  return controller.signal;
}
