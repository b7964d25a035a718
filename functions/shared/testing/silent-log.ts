import type { Log } from "../runtime/logger";

const nothing = () => undefined;

/** A log without output. */
export const silentLog: Log = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  with: () => silentLog,
};

/** A log with some methods of its own, as are those of the logs that it makes. */
export function silentLogWith(methods: Partial<Omit<Log, "with">>): Log {
  const log: Log = { ...silentLog, ...methods, with: () => log };
  return log;
}
