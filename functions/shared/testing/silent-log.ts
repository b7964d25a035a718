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
