import { asError } from "../../shared/runtime/as-error";
import type { Log } from "../../shared/runtime/logger";

/**
 * Has a rejection that no handler waits for logged. Without this it ends the process with every task that it is working
 * on: by a listener of Lambda's managed runtime, which is added before the function is loaded, or by Node, which ends a
 * process that has no listener.
 * @param context of the log line: the tasks one of which has left the promise behind
 */
export function logUnhandledRejections(log: Log, context: () => Readonly<Record<string, unknown>>): void {
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", (reason) => {
    log.error("unhandled promise rejection in a handler", {
      ...context(),
      error: asError(reason),
    });
  });
}
