import { LocalCloudError } from "../../local-cloud/src/errors";

/** What happened, what was expected, what to do next: one line each. */
const databaseError = (happened: string, expected: string, next: string, cause?: unknown) =>
  new LocalCloudError(`${happened}\n  expected  ${expected}\n  next      ${next}`, { cause });

export const serverEnded = (name: string, exitCode: number | string, lastLines: string) =>
  databaseError(
    `${name} ended before it accepted a connection (${exitCode}). The end of its output:\n${lastLines}`,
    "a connection on its port",
    "read the lines above, then start again",
  );

export const serverSilent = (name: string, seconds: number) =>
  databaseError(
    `${name} did not accept a connection within ${seconds} s.`,
    "a connection on its port",
    "start again on a machine with less load",
  );

export const notInitialized = (folder: string, cause: unknown) =>
  databaseError(
    `PostgreSQL could not create its files in ${folder}: ${cause instanceof Error ? cause.message : String(cause)}`,
    "a folder that is empty or has its files",
    "check the folder and the free space, then start again",
    cause,
  );

/** @param setting the variable that names another folder */
export const notAccessible = (folder: string, user: string, setting: string) =>
  databaseError(
    `PostgreSQL does not run as root, and its user ${user} cannot open ${folder}.`,
    "a folder that every user may enter, with all folders above it",
    `set ${setting} to such a folder, for example below /var/tmp, or run as another user than root`,
  );

export const noUnprivilegedUser = (user: string) =>
  databaseError(
    `PostgreSQL does not run as root, and this system has no user ${user}.`,
    `the user ${user}, which Linux and macOS have`,
    "run as another user than root",
  );
