import type { Target } from "../core/target";
import { runningTerraforms } from "../../packages/terraform-backend/src/lock-holder";
import { findLeftover, repairLeftover, type Leftover } from "../../packages/terraform-backend/src/repair";
import { resourceCount } from "../../packages/terraform-backend/src/state-file";
import { lockLine } from "../../packages/terraform-backend/src/state-lock";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { stacksInOrder, type EnvironmentStack } from "../bootstrap/environment-stacks";
import { userError } from "../core/errors";
import { unlessLocked } from "./state-failure";

/** The longest job of a workflow that takes a lock: `timeout-minutes` in .github/workflows/deploy-environment.yml. */
const longestRunMinutes = 60;

type LayerLeftover = Leftover & { readonly of: EnvironmentStack };

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
  const { name } = account.config;
  const leftovers = await findLeftovers(account);
  for (const line of leftovers.flatMap(linesOf)) console.log(`  ${line}`);
  if (leftovers.length === 0)
    console.log("  nothing to repair: no state is locked, and every digest is right");
  const found = leftovers.map(({ of, locks, alive, digest }) => ({
    stack: of.id,
    locks,
    alive,
    digest: digest?.kind,
  }));
  if (leftovers.length === 0 || dryRun) return { found, repaired: [] };

  const alive = leftovers.find((leftover) => leftover.alive !== undefined);
  if (alive?.alive !== undefined && !force) throw holderMayBeAlive(alive.of.id, alive.alive, name);
  const repairable = leftovers.filter(({ locks, digest }) => locks.length > 0 || digest?.kind === "outdated");
  if (repairable.length > 0) await confirm("Repair these?");
  for (const leftover of repairable) {
    const { id, layer, account: of } = leftover.of;
    await unlessLocked(id, repairLeftover(of.config.backends[layer], of.clients, leftover));
    console.log(`  repaired ${id}`);
  }
  for (const { of, digest } of leftovers)
    if (digest?.kind === "state lost") throw stateLost(of, name, digest.version);
  console.log(`Deploy again: npx cdktf deploy '*-${name}'`);
  return { found, repaired: repairable.map(({ of }) => of.id) };
}

async function findLeftovers(account: EnvironmentAccount): Promise<LayerLeftover[]> {
  const { endpoint: address, isAws } = account;
  const running = await runningTerraforms();
  const found = stacksInOrder(account).map(async (of) => {
    const site = { stack: of.id, endpoint: isAws ? undefined : address, longestRunMinutes };
    const { config, clients } = of.account;
    const leftover = await findLeftover(config.backends[of.layer], clients, site, running);
    return leftover === undefined ? [] : [{ ...leftover, of }];
  });
  return (await Promise.all(found)).flat();
}

function linesOf({ of, locks, alive, digest }: LayerLeftover): string[] {
  const problem =
    digest?.kind === "outdated"
      ? `its digest is not that of the state, serial ${digest.current.state.serial} with ${resourceCount(digest.current.state)} resources`
      : "its state is not the one that Terraform wrote last";
  return [
    ...locks.map((lock) => `locked: ${lockLine(lock)}`),
    ...(alive === undefined ? [] : [alive]),
    ...(digest === undefined ? [] : [problem]),
  ].map((line) => `${of.label.padEnd(5)} ${line}`);
}

const holderMayBeAlive = (stack: string, why: string, environment: string) =>
  userError(
    `Nothing was repaired: the holder of the lock of ${stack} may be running, since ${why}.`,
    "a lock whose holder has ended: two concurrent runs destroy a state",
    `wait for it, or stop it; if it has ended: npm run cli -- repair ${environment} --force, with --aws for AWS`,
  );

/** @param version of the state that Terraform wrote last, if S3 still has it */
const stateLost = ({ id, layer, standbyRegion }: EnvironmentStack, environment: string, version?: string) =>
  userError(
    `The state of ${id} is not the one that Terraform wrote last: it was deleted or replaced.`,
    `a state of which the digest is in the lock table${version === undefined ? "" : `, such as version ${version}`}`,
    `npm run cli -- state ${environment} ${layer} ${version === undefined ? "list, and restore one of the versions" : `restore ${version}`}; with ${standbyRegion === undefined ? "" : "--standby, and "}--aws for AWS`,
  );
