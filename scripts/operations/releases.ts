import { LambdaClient } from "@aws-sdk/client-lambda";
import { functionNames } from "@serverless-tasks/functions/service";
import { liveAlias, naming } from "../../deploy/shared/naming";
import { includesSet } from "../../packages/lambda-release/src/alias-set";
import { ReleaseError } from "../../packages/lambda-release/src/errors";
import { printReleases } from "../../packages/lambda-release/src/print";
import {
  deployedReleases,
  rollBack,
  rollbackTarget,
  type DeployedReleases,
} from "../../packages/lambda-release/src/rollback";
import { describe } from "../../packages/lambda-release/src/release-versions";
import type { Release } from "../../packages/lambda-release/src/releases";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { userError } from "../core/errors";
import type { Target } from "../core/target";

type Account = Pick<EnvironmentAccount, "config" | "client">;

/** The releases of an environment, and how it names its functions. */
function releasesOf({ config, client }: Account) {
  const lambda = new LambdaClient(client);
  const columns = new Map(functionNames.map((name) => [naming(config)(name), name as string]));
  const names = [...columns.keys()];
  return { lambda, columns, names, deployed: () => deployedReleases(lambda, liveAlias, names) };
}

/** Prints the releases of an environment. */
export async function printVersions(account: Account): Promise<DeployedReleases> {
  const { columns, deployed } = releasesOf(account);
  return printReleases(await deployed(), columns);
}

/** What a plan does not show: live versions that are not those of the last deployment. Undefined when they are. */
export async function releaseNote(account: Account): Promise<string | undefined> {
  const { live, published, liveRelease } = await releasesOf(account).deployed();
  if (includesSet(live, published)) return undefined;
  const release = liveRelease === undefined ? "" : ` (release ${liveRelease})`;
  return `  live: ${describe(live)}${release}; published: ${describe(published)}. Without new versions an apply does not change that.`;
}

export interface RollbackOptions {
  /** A release instead of the last good one before the live one. */
  readonly release: number | undefined;
  readonly reason: string;
  readonly dryRun: boolean;
}

/**
 * Moves the aliases of all functions to the versions of an earlier release, or none.
 * @returns the release that is live, or would be
 * @throws {CommandError} when there is no such release, or Lambda refuses the move
 */
export async function rollBackRelease(
  { account, confirm }: Target,
  { release, reason, dryRun }: RollbackOptions,
): Promise<{ readonly release: Release; readonly rolledBack: boolean }> {
  const { lambda, names, deployed } = releasesOf(account);
  const before = await deployed();
  try {
    const target = rollbackTarget(before, release);
    console.log(
      `Release ${target.number} of ${target.at}: ${describe(target.versions)}. Live: ${describe(before.live)}.`,
    );
    if (dryRun) return { release: target, rolledBack: false };
    await confirm(`Move the aliases to release ${target.number}?`);
    await rollBack(lambda, liveAlias, names, target, reason);
    console.log(`Release ${target.number} is live.`);
    return { release: target, rolledBack: true };
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    throw userError(error.message, "a good release", `npm run cli -- versions ${account.config.name}`, error);
  }
}
