import type { Target } from "../core/target";
import { stateLost, stillAtWork } from "./errors";
import { findLeftovers, repairLeftover, type Leftover } from "./repair";
import { resourceCount } from "./state-file";
import { lockLine } from "./state-lock";

export interface RepairOptions {
  /** Only prints what would be repaired. */
  readonly dryRun: boolean;
  /** Releases locks although their holder may be alive. */
  readonly force: boolean;
}

/**
 * Prints what interrupted runs have left of an environment's states, and repairs it.
 * @throws {CommandError} when the holder of a lock may be alive, or a state is lost
 */
export async function repairEnvironment({ account, confirm }: Target, { dryRun, force }: RepairOptions) {
  const { config, clients, endpoint, isAws } = account;
  const site = { config, clients, address: isAws ? undefined : endpoint };
  const leftovers = await findLeftovers(site);
  for (const line of leftovers.flatMap(linesOf)) console.log(`  ${line}`);
  if (leftovers.length === 0)
    console.log("  nothing to repair: no state is locked, and every digest is right");
  if (leftovers.length === 0 || dryRun) return;

  const alive = leftovers.find((leftover) => leftover.alive !== undefined);
  if (alive?.alive !== undefined && !force) throw stillAtWork(alive.stack, alive.alive, config.name);
  const repairable = leftovers.filter(({ locks, digest }) => locks.length > 0 || digest?.kind === "outdated");
  if (repairable.length > 0) await confirm("Repair these?");
  for (const leftover of repairable) {
    await repairLeftover(site, leftover);
    console.log(`  repaired ${leftover.stack}`);
  }
  for (const { stack, layer, digest } of leftovers)
    if (digest?.kind === "state lost") throw stateLost(stack, config.name, layer, digest.version);
  console.log(`Deploy again: npx cdktf deploy '*-${config.name}'`);
}

function linesOf({ layer, locks, alive, digest }: Leftover): string[] {
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
