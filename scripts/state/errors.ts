import { userError } from "../core/errors";
import { describeHolder, type LockInfo } from "./state-lock";

/** @param stack whose state it is, e.g. `core-dev` */
export const stateLocked = (stack: string, holder: LockInfo, release: string, cause?: unknown) =>
  userError(
    `The state of ${stack} is locked: ${describeHolder(holder)}.`,
    "no other run that uses the state: of several at once one continues, and the others end",
    `wait until they are done and try again; if whatever held it has died: ${release}`,
    cause,
  );

export const noSuchLock = (id: string, locks: readonly string[]) =>
  userError(
    `There is no lock ${id}.`,
    locks.length === 0 ? "a lock that is held; none is" : `the id of one that is held: ${locks.join(", ")}`,
    "copy the id from what npm run cli -- locks <environment> prints",
  );

export const lockChangedHands = (id: string, cause: unknown) =>
  userError(
    `Lock ${id} has another holder by now, and was not released.`,
    "the lock that was listed a moment ago",
    "list the locks again",
    cause,
  );

export const noSuchVersion = (id: string, place: string, cause?: unknown) =>
  userError(
    `${place} has no version ${id} that is a state.`,
    "the id of a version that the command state lists and that was not deleted",
    "copy the id from npm run cli -- state <environment> <layer> list",
    cause,
  );

export const stillAtWork = (stack: string, why: string, environment: string) =>
  userError(
    `Nothing was repaired: what holds the lock of ${stack} may be at work, since ${why}.`,
    "a lock whose holder has ended: two at work on one state destroy it",
    `wait for it, or end it; if it is dead: npm run cli -- repair ${environment} --force, with --aws for AWS`,
  );

/** @param version of the state that Terraform wrote last, if S3 has kept it */
export const stateLost = (stack: string, environment: string, layer: string, version?: string) =>
  userError(
    `The state of ${stack} is not the one that Terraform wrote last: it was deleted or replaced.`,
    `a state of which the digest is in the lock table${version === undefined ? "" : `, such as version ${version}`}`,
    `npm run cli -- state ${environment} ${layer} ${version === undefined ? "list, and restore one of the versions" : `restore ${version}`}; with --aws for AWS`,
  );

/** Terraform: "state data in S3 does not have the expected content" */
export const digestWrong = (stack: string, repair: string, cause?: unknown) =>
  userError(
    `The state of ${stack} is not the one whose digest is in the lock table: a run was killed while it wrote the state.`,
    "a state and a digest that agree",
    `${repair}, then try again`,
    cause,
  );
