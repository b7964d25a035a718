import { lockId, type Backend } from "./backend";
import { describeHolder, type LockInfo } from "./state-lock";

/** The backend is not as expected. The message is complete without the stack. */
export class BackendError extends Error {
  override readonly name: string = "BackendError";
}

/** Another run holds the lock of a state. */
export class StateLockedError extends BackendError {
  override readonly name = "StateLockedError";

  constructor(
    backend: Backend,
    readonly holder: LockInfo,
  ) {
    super(
      lines(
        `The state ${lockId(backend)} is locked: ${describeHolder(holder)}.`,
        "no other run on the same state",
        "wait for that run; if it has ended without releasing the lock, release it",
      ),
    );
  }
}

/** What happened, what was expected, what to do next: one line each. */
const lines = (happened: string, expected: string, next: string) =>
  `${happened}\n  expected  ${expected}\n  next      ${next}`;
const backendError = (happened: string, expected: string, next: string, cause?: unknown) =>
  new BackendError(lines(happened, expected, next), { cause });

export const lockTakenOver = (id: string, cause: unknown) =>
  backendError(
    `Lock ${id} was released, and another run holds the state now. Its lock was kept.`,
    "the lock that was listed",
    "list the locks again",
    cause,
  );

export const noSuchVersion = (id: string, state: string) =>
  backendError(
    `${state} has no version ${id} that is a state.`,
    "the id of a version in S3 that was not deleted",
    "list the versions, and copy the id of one",
  );

/** @param configuredIn the files in which the backend is configured */
export const bucketTaken = (bucket: string, configuredIn: string, cause: unknown) =>
  backendError(
    `The bucket ${bucket} exists, and these credentials have no access to it.`,
    "a name that is free, or a bucket of this account; bucket names are unique in all of AWS",
    `choose another name in ${configuredIn}, or request s3:ListBucket on the bucket`,
    cause,
  );

export const bucketInOtherRegion = (
  bucket: string,
  found: string,
  expected: string,
  configuredIn: string,
  cause: unknown,
) =>
  backendError(
    `The bucket ${bucket} exists in the region ${found}.`,
    `a bucket in ${expected}, the backend's region; a bucket cannot be moved`,
    `choose another name, or correct region, in ${configuredIn}`,
    cause,
  );

export const stillBusy = (what: string, seconds: number, cause: unknown) =>
  backendError(
    `AWS did not accept ${what} within ${seconds} s: ${cause instanceof Error ? cause.message : String(cause)}`,
    "a new table or bucket to accept settings within one or two minutes",
    "run it again: what exists is adopted",
    cause,
  );
