/**
 * MiniStack's log lines about its state. Its exit code is 0 even if a file could not be written, as on a full disk.
 */
const saved = /Persistence: saved /;
const failed = /Persistence: (failed|error)|Failed to restore persisted state|refusing to load/;

/** Whether it has saved its whole state, and had restored the whole state before. */
export const hasSaved = (log: string): boolean => saved.test(log) && !failed.test(log);

/** Whether it may have written state. */
export const hasShutDown = (log: string): boolean => log.includes("MiniStack shutting down");
