import type { LambdaClient } from "@aws-sdk/client-lambda";
import { AliasSet, includesSet, type VersionSet } from "./alias-set";
import { messageOf, nothingEarlier, refused, ReleaseError, returned } from "./errors";
import { Releases, type Release } from "./releases";

export interface ReleaseProps {
  readonly lambda: LambdaClient;
  /** The alias that all callers invoke. */
  readonly alias: string;
  /** The published versions to release, by function name. */
  readonly wanted: VersionSet;
  readonly commit: string;
  /** Checks the versions by direct invocation. @throws {Error} with what fails */
  readonly checkVersions: (versions: VersionSet) => Promise<void>;
  /** Checks the service through its aliases, once they are moved. @throws {Error} with what fails */
  readonly checkService: () => Promise<void>;
  /**
   * Watches the service for a time.
   * @param versions the main versions of the aliases
   * @param routed the versions that get a share of the invocations
   * @throws {Error} with what fails
   */
  readonly watch: (seconds: number, versions: VersionSet, routed?: VersionSet) => Promise<void>;
  readonly watchSeconds: number;
  /** Routes a share of the invocations, from 0 to 1, to the new versions before all of them. */
  readonly canary?: { readonly share: number; readonly seconds: number } | undefined;
  /** Releases to keep as targets of a rollback; older versions are deleted. */
  readonly kept: number;
  readonly report: (line: string) => void;
  readonly now?: () => Date;
}

/**
 * Releases versions of several functions together: checks them, moves all aliases or none, watches the service, and moves
 * the aliases back when it fails.
 * @returns the release that is live
 * @throws {ReleaseError} when the versions are not live
 */
export async function releaseVersions(props: ReleaseProps): Promise<Release> {
  const { lambda, wanted, commit, checkVersions, checkService, kept, report } = props;
  const { alias, now = () => new Date() } = props;
  const names = Object.keys(wanted);
  const aliases = new AliasSet(lambda, alias);
  const releases = new Releases(lambda, names);
  const before = await aliases.versions(names);
  const at = now().toISOString();
  if (includesSet(before, wanted)) {
    // The aliases were created with these versions, which receive invocations already.
    await check(() => checkVersions(wanted).then(checkService), nothingEarlier);
    const known = (await releases.list()).find(({ versions }) => includesSet(versions, wanted));
    return known ?? releases.record(wanted, { state: "good", at, commit });
  }
  await recordLive(releases, before, at);
  const release = await releases.record(wanted, { state: "started", at, commit });
  try {
    report(`release ${release.number}: checking ${describe(wanted)}`);
    await check(async () => {
      await aliases.waitUntilActive(wanted);
      await checkVersions(wanted);
    }, refused);
    await moveAndWatch(props, aliases, before, release.number);
  } catch (error) {
    await releases.setState(release, "bad", messageOf(error));
    throw error;
  }
  const good = await releases.setState(release, "good");
  const deleted = await releases.prune(kept);
  report(`release ${good.number} is live${deleted > 0 ? `; ${deleted} old versions are deleted` : ""}`);
  return good;
}

async function moveAndWatch(
  { wanted, checkService, watch, watchSeconds, canary, report }: ReleaseProps,
  aliases: AliasSet,
  before: VersionSet,
  number: number,
): Promise<void> {
  const goBack = async (error: unknown) => {
    if (error instanceof ReleaseError && ["superseded", "move-failed"].includes(error.code)) throw error;
    report(`release ${number}: ${messageOf(error)}; moving back to ${describe(before)}`);
    await aliases.move(before);
    throw returned(error);
  };
  if (canary !== undefined) {
    report(`release ${number}: ${canary.share * 100} % of the invocations for ${canary.seconds} s`);
    await aliases.shift(before, wanted, canary.share);
    await watch(canary.seconds, before, wanted).catch(goBack);
  }
  await aliases.move(wanted);
  report(`release ${number}: the aliases are moved; watching for ${watchSeconds} s`);
  await checkService()
    .then(() => watch(watchSeconds, wanted))
    .catch(goBack);
}

/** Before the first recorded release, the live versions are recorded: otherwise there would be none to return to. */
async function recordLive(releases: Releases, live: VersionSet, at: string): Promise<void> {
  const recorded = await releases.list();
  if (recorded.some(({ versions }) => includesSet(versions, live))) return;
  await releases.record(live, { state: "good", at, commit: "unknown" });
}

const check = (work: () => Promise<void>, failure: (cause: unknown) => ReleaseError): Promise<void> =>
  work().catch((error: unknown) => {
    throw failure(error);
  });

/** `tasks-dev-api 7, tasks-dev-worker 5` */
export const describe = (versions: VersionSet): string =>
  Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
