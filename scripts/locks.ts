import { parseArgs } from "node:util";
import { environmentAccount } from "./bootstrap/environment-account";
import { environmentArgument } from "./local/arguments";
import { confirmTarget } from "./local/confirm";
import { runMain } from "./local/run-main";
import { noSuchLock } from "./state/errors";
import { readLocks, releaseLock } from "./state/lock-store";
import { describeHolder, type StateLock } from "./state/state-lock";

const usage = `npm run locks -- <environment> [--release <lock id> [--yes]]

Lists who holds the locks of an environment's Terraform states, and since when. Goes to AWS, or to the emulator that
AWS_ENDPOINT_URL names.

  --release  ends that lock; only when what held it has died, since two at work on one state destroy it
  --yes      do not ask before releasing at AWS`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { release: { type: "string" }, yes: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const name = environmentArgument(positionals, usage);
  const { config, clients, account, endpoint, isAws } = await environmentAccount(name);
  console.log(`Account ${account} at ${endpoint}, region ${config.core.region}:`);
  const locks = await readLocks(config, clients);
  for (const lock of locks) console.log(`  ${line(lock)}`);
  if (locks.length === 0) console.log("  no state is locked");
  if (values.release === undefined) return;

  const chosen = locks.filter(({ ID }) => ID === values.release);
  if (chosen.length === 0)
    throw noSuchLock(
      values.release,
      locks.map(({ ID }) => ID),
    );
  if (isAws && !values.yes) await confirmTarget(`Release lock ${values.release}? Is its holder dead?`);
  for (const lock of chosen) await releaseLock(config, clients, lock);
  console.log(`Released lock ${values.release}.`);
}

function line(lock: StateLock): string {
  const halves = [lock.row !== undefined && "table", lock.file !== undefined && "lockfile"];
  return `${lock.layer.padEnd(5)} ${describeHolder(lock)}, in the ${halves.filter(Boolean).join(" and ")}`;
}

runMain(main);
