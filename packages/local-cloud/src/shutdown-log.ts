/**
 * What MiniStack says of its state. Its exit code is 0 also when a file could not be written, as on a full disk.
 */
const saved = /Persistence: saved /;
const failed = /Persistence: (failed|error)|Failed to restore persisted state|refusing to load/;

/** Whether it has saved everything that it held, and had read everything that was saved before. */
export const hasSaved = (log: string): boolean => saved.test(log) && !failed.test(log);

/** Whether it may have written state. */
export const hasShutDown = (log: string): boolean => log.includes("MiniStack shutting down");
