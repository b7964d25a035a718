import { parseArgs } from "node:util";
import { environmentAccount } from "./bootstrap/environment-account";
import { environmentArgument } from "./local/arguments";
import { confirmTarget } from "./local/confirm";
import { runMain } from "./local/run-main";
import { stateLost, stillAtWork } from "./state/errors";
import { findLeftovers, repairLeftover, type Leftover } from "./state/repair";
import { resourceCount } from "./state/state-file";
import { describeHolder } from "./state/state-lock";

const usage = `npm run repair -- <environment> [--dry-run] [--force] [--yes]

Repairs what an interrupted or killed deployment leaves of an environment's Terraform states: locks, in the table and
in the lockfile, and a digest that is not that of the state. Shows who held what, and leaves a lock alone while its
holder may be at work. Goes to AWS, or to the emulator that AWS_ENDPOINT_URL names.

  --dry-run  only show what would be repaired
  --force    release locks although their holder may be at work: two at work on one state destroy it
  --yes      do not ask before repairing at AWS`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      "dry-run": { type: "boolean" },
      force: { type: "boolean" },
      yes: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const name = environmentArgument(positionals, usage);
  const { config, clients, account, endpoint, isAws } = await environmentAccount(name);
  console.log(`Account ${account} at ${endpoint}, region ${config.core.region}:`);
  const site = { config, clients, address: isAws ? undefined : endpoint };
  const leftovers = await findLeftovers(site);
  for (const line of leftovers.flatMap(linesOf)) console.log(`  ${line}`);
  if (leftovers.length === 0)
    console.log("  nothing to repair: no state is locked, and every digest is right");
  if (leftovers.length === 0 || values["dry-run"]) return;

  const [alive] = leftovers.filter((leftover) => leftover.alive !== undefined);
  if (alive?.alive !== undefined && !values.force) throw stillAtWork(alive.stack, alive.alive, name);
  const repairable = leftovers.filter(({ locks, digest }) => locks.length > 0 || digest?.kind === "outdated");
  if (isAws && !values.yes && repairable.length > 0) await confirmTarget("Repair these?");
  for (const leftover of repairable) {
    await repairLeftover(site, leftover);
    console.log(`  repaired ${leftover.stack}`);
  }
  for (const { stack, layer, digest } of leftovers)
    if (digest?.kind === "state lost") throw stateLost(stack, name, layer, digest.version);
  console.log(`Deploy again: npx cdktf deploy '*-${name}'`);
}

function linesOf({ layer, locks, alive, digest }: Leftover): string[] {
  const held = locks.map((lock) => {
    const halves = [lock.row !== undefined && "table", lock.file !== undefined && "lockfile"];
    return `locked: ${describeHolder(lock)}, in the ${halves.filter(Boolean).join(" and ")}`;
  });
  const problem =
    digest?.kind === "outdated"
      ? `its digest is not that of the state, serial ${digest.current.state.serial} with ${resourceCount(digest.current.state)} resources`
      : "its state is not the one that Terraform wrote last";
  return [...held, ...(alive === undefined ? [] : [alive]), ...(digest === undefined ? [] : [problem])].map(
    (line) => `${layer.padEnd(5)} ${line}`,
  );
}

runMain(main);
