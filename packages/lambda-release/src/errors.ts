/** Why a release has not become the live one. */
export type ReleaseErrorCode =
  /** A check of the new versions failed: the aliases were not moved. */
  | "refused"
  /** The new versions failed after the move: the aliases were moved back. */
  | "returned"
  /** A check failed, and there is no earlier set of versions to return to. */
  | "no-earlier-release"
  /** Lambda refused to move an alias. */
  | "move-failed"
  /** Another caller has moved the aliases meanwhile: they are left as they are. */
  | "superseded"
  /** There is no good release to roll back to. */
  | "no-good-release";

export class ReleaseError extends Error {
  override readonly name = "ReleaseError";

  constructor(
    readonly code: ReleaseErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** @param stuck functions whose alias could not be moved back either */
export const moveFailed = (alias: string, name: string, stuck: readonly string[], cause: unknown) =>
  new ReleaseError(
    "move-failed",
    `Lambda refused to move the alias ${alias} of ${name}: ${messageOf(cause)}. ${
      stuck.length === 0
        ? "No alias was moved."
        : `The aliases of ${stuck.join(", ")} could not be moved back: run the rollback.`
    }`,
    { cause },
  );

export const refused = (cause: unknown) =>
  new ReleaseError("refused", `The aliases were not moved: ${messageOf(cause)}`, { cause });

export const returned = (cause: unknown) =>
  new ReleaseError("returned", `The aliases were moved back: ${messageOf(cause)}`, { cause });

export const nothingEarlier = (cause: unknown) =>
  new ReleaseError(
    "no-earlier-release",
    `The first versions fail, and there are no earlier ones to return to: ${messageOf(cause)}`,
    { cause },
  );

export const superseded = () =>
  new ReleaseError("superseded", "Another caller has moved the aliases: they are left as they are.");

export const noGoodRelease = (live: number | undefined, wanted: number | undefined) =>
  new ReleaseError(
    "no-good-release",
    wanted === undefined
      ? `There is no good release before ${live === undefined ? "the live versions" : `release ${live}`}.`
      : `Release ${wanted} is not a good release.`,
  );

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
