/**
 * Turns Ctrl-C and SIGTERM into a signal that work can wait for, so that it ends in order instead of at once.
 * A second Ctrl-C ends the process there and then.
 */
export function stopOnInterrupt(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.once(name, () => {
      controller.abort();
    });
  }
  return controller.signal;
}
