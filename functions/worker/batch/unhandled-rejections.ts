import { asError } from "../../shared/runtime/as-error";
import type { Log } from "../../shared/runtime/logger";

/**
 * Logs rejections that no handler awaits. Without this they end the process with every task that it runs: by a listener
 * of Lambda's managed runtime, which is added before the function is loaded, or by Node, which ends a process that has
 * no listener.
 * @param context of the log line: the tasks of the batch; one of them has not awaited the promise
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
