import type { ChildProcess } from "node:child_process";

/**
 * Leaves it to a child to end in order: while it runs, Ctrl-C and SIGTERM go to it, and do not end this process. A
 * Terraform whose output is closed would end at once and leave the state locked.
 */
export function forwardInterrupts(child: ChildProcess): void {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of signals) process.on(signal, forward);
  child.once("close", () => {
    for (const signal of signals) process.off(signal, forward);
  });
}
