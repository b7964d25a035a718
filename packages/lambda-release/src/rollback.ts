import type { LambdaClient } from "@aws-sdk/client-lambda";
import { AliasSet, includesSet, type VersionSet } from "./alias-set";
import { noGoodRelease } from "./errors";
import { Releases, type Release } from "./releases";

export interface DeployedReleases {
  /** The versions that receive the invocations. */
  readonly live: VersionSet;
  /** The newest published versions: those of the last deployment. */
  readonly published: VersionSet;
  /** The newest first. */
  readonly releases: readonly Release[];
  /** The number of the release with the live versions; undefined when they were published otherwise. */
  readonly liveRelease?: number;
}

/** The live versions, and the releases. */
export async function deployedReleases(
  lambda: LambdaClient,
  alias: string,
  names: readonly string[],
): Promise<DeployedReleases> {
  const live = await new AliasSet(lambda, alias).versions(names);
  // A function that is not deployed has no aliases to list.
  const deployed = new Releases(lambda, Object.keys(live));
  const [releases, published] = [await deployed.list(), await deployed.published()];
  const liveRelease = releases.find(({ versions }) => isLive(versions, live))?.number;
  return { live, published, releases, ...(liveRelease !== undefined && { liveRelease }) };
}

/** A function may be newer than a release. */
const isLive = (versions: VersionSet, live: VersionSet) =>
  Object.keys(versions).length > 0 && includesSet(live, versions);

/**
 * The release to return to: the last good one before the live one.
 * @param number a good release to return to instead
 * @throws {ReleaseError} when there is none
 */
export function rollbackTarget({ releases, live, liveRelease }: DeployedReleases, number?: number): Release {
  const isTarget = ({ state, versions, number: each }: Release) =>
    state === "good" &&
    !includesSet(live, versions) &&
    (number === undefined ? each < (liveRelease ?? Infinity) : each === number);
  const target = releases.find(isTarget);
  if (target === undefined) throw noGoodRelease(liveRelease, number);
  return target;
}

/**
 * Moves the aliases of all functions to the versions of a release, or none. The releases after it are not good any more:
 * the next rollback returns to one before it.
 * @throws {Error} when a version does not exist
 */
export async function rollBack(
  lambda: LambdaClient,
  alias: string,
  names: readonly string[],
  target: Release,
  reason: string,
): Promise<void> {
  const aliases = new AliasSet(lambda, alias);
  await aliases.waitUntilActive(target.versions);
  await aliases.move(target.versions);
  const deployed = new Releases(lambda, names);
  const left = (await deployed.list()).filter(
    ({ number, state }) => number > target.number && state !== "bad",
  );
  for (const release of left) await deployed.setState(release, "bad", `rolled back: ${reason}`);
}
