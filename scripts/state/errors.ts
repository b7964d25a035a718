import { say } from "../local/errors";
import { describeHolder, type LockInfo } from "./state-lock";

/** @param stack whose state it is, e.g. `core-dev` */
export const stateLocked = (stack: string, holder: LockInfo, release: string, cause?: unknown) =>
  say(
    `The state of ${stack} is locked: ${describeHolder(holder)}.`,
    "nobody else to be at work on it: of several at once one goes on, and the others end here",
    `wait until they are done and try again; if whatever held it has died: ${release}`,
    cause,
  );

export const noSuchLock = (id: string, locks: readonly string[]) =>
  say(
    `There is no lock ${id}.`,
    locks.length === 0 ? "a lock that is held; none is" : `the id of one that is held: ${locks.join(", ")}`,
    "copy the id from what npm run locks prints",
  );

export const lockChangedHands = (id: string, cause: unknown) =>
  say(
    `Lock ${id} is held by somebody else by now, and was left to them.`,
    "the lock that was listed a moment ago",
    "list the locks again",
    cause,
  );

export const noSuchVersion = (id: string, place: string, cause?: unknown) =>
  say(
    `${place} has no version ${id} that is a state.`,
    "the id of a version that npm run state lists and that was not deleted",
    "copy the id from npm run state -- <environment> <layer> list",
    cause,
  );
