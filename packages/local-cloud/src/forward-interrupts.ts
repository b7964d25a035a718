import type { ChildProcess } from "node:child_process";

/**
 * Forwards signals to a child instead of ending this process, so that the child can stop gracefully. Terraform would end
 * at once and leave the state locked if its output were closed.
 */
export function forwardInterrupts(child: ChildProcess): void {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of signals) process.on(signal, forward);
  child.once("close", () => {
    for (const signal of signals) process.off(signal, forward);
  });
}
