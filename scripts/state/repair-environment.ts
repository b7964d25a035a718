import type { Target } from "../core/target";
import { layers, type Layer } from "../../deploy/shared/layers";
import { stackId } from "../../deploy/shared/naming";
import { runningTerraforms } from "../../packages/terraform-backend/src/lock-holder";
import { findLeftover, repairLeftover, type Leftover } from "../../packages/terraform-backend/src/repair";
import { resourceCount } from "../../packages/terraform-backend/src/state-file";
import { lockLine } from "../../packages/terraform-backend/src/state-lock";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { userError } from "../core/errors";
import { unlessLocked } from "./state-failure";

/** The longest job of a workflow that takes a lock: `timeout-minutes` in .github/workflows/deploy-environment.yml. */
const longestRunMinutes = 60;

type LayerLeftover = Leftover & { readonly layer: Layer; readonly stack: string };

export interface RepairOptions {
  /** Only prints what would be repaired. */
  readonly dryRun: boolean;
  /** Releases locks although their holder may be alive. */
  readonly force: boolean;
}

/**
 * Prints and repairs the locks and digests that interrupted runs have left.
 * @throws {CommandError} when the holder of a lock may be alive, or a state is lost
 */
export async function repairEnvironment({ account, confirm }: Target, { dryRun, force }: RepairOptions) {
  const { config, clients } = account;
  const leftovers = await findLeftovers(account);
  for (const line of leftovers.flatMap(linesOf)) console.log(`  ${line}`);
  if (leftovers.length === 0)
    console.log("  nothing to repair: no state is locked, and every digest is right");
  const found = leftovers.map(({ stack, locks, alive, digest }) => ({
    stack,
    locks,
    alive,
    digest: digest?.kind,
  }));
  if (leftovers.length === 0 || dryRun) return { found, repaired: [] };

  const alive = leftovers.find((leftover) => leftover.alive !== undefined);
  if (alive?.alive !== undefined && !force) throw holderMayBeAlive(alive.stack, alive.alive, config.name);
  const repairable = leftovers.filter(({ locks, digest }) => locks.length > 0 || digest?.kind === "outdated");
  if (repairable.length > 0) await confirm("Repair these?");
  for (const leftover of repairable) {
    const { layer, stack } = leftover;
    await unlessLocked(stack, repairLeftover(config.backends[layer], clients, leftover));
    console.log(`  repaired ${stack}`);
  }
  for (const { stack, layer, digest } of leftovers)
    if (digest?.kind === "state lost") throw stateLost(stack, config.name, layer, digest.version);
  console.log(`Deploy again: npx cdktf deploy '*-${config.name}'`);
  return { found, repaired: repairable.map(({ stack }) => stack) };
}

async function findLeftovers(account: EnvironmentAccount): Promise<LayerLeftover[]> {
  const { config, clients, endpoint: address, isAws } = account;
  const running = await runningTerraforms();
  const found = layers.map(async (layer) => {
    const stack = stackId(layer, config.name);
    const site = { stack, endpoint: isAws ? undefined : address, longestRunMinutes };
    const leftover = await findLeftover(config.backends[layer], clients, site, running);
    return leftover === undefined ? [] : [{ ...leftover, layer, stack }];
  });
  return (await Promise.all(found)).flat();
}

function linesOf({ layer, locks, alive, digest }: LayerLeftover): string[] {
  const problem =
    digest?.kind === "outdated"
      ? `its digest is not that of the state, serial ${digest.current.state.serial} with ${resourceCount(digest.current.state)} resources`
      : "its state is not the one that Terraform wrote last";
  return [
    ...locks.map((lock) => `locked: ${lockLine(lock)}`),
    ...(alive === undefined ? [] : [alive]),
    ...(digest === undefined ? [] : [problem]),
  ].map((line) => `${layer.padEnd(5)} ${line}`);
}

const holderMayBeAlive = (stack: string, why: string, environment: string) =>
  userError(
    `Nothing was repaired: the holder of the lock of ${stack} may be running, since ${why}.`,
    "a lock whose holder has ended: two concurrent runs destroy a state",
    `wait for it, or stop it; if it has ended: npm run cli -- repair ${environment} --force, with --aws for AWS`,
  );

/** @param version of the state that Terraform wrote last, if S3 still has it */
const stateLost = (stack: string, environment: string, layer: string, version?: string) =>
  userError(
    `The state of ${stack} is not the one that Terraform wrote last: it was deleted or replaced.`,
    `a state of which the digest is in the lock table${version === undefined ? "" : `, such as version ${version}`}`,
    `npm run cli -- state ${environment} ${layer} ${version === undefined ? "list, and restore one of the versions" : `restore ${version}`}; with --aws for AWS`,
  );
