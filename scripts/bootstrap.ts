import { parseArgs } from "node:util";
import { environmentAccount } from "./bootstrap/environment-account";
import { ensureStateStorage } from "./bootstrap/state-storage";
import { environmentArgument } from "./local/arguments";
import { confirmTarget } from "./local/confirm";
import { concurrencyShortage } from "./preflight/lambda-concurrency";
import { runMain } from "./local/run-main";

const usage = `npm run bootstrap -- <environment> [--yes] [--dry-run]

Makes the S3 bucket and the DynamoDB table that hold an environment's Terraform state and locks, and a bucket for the
log of who accessed the state, in the account that its tfvars allow. Adopts and mends what is there, leaves alone what
is right, and says which. Warns when the account's Lambda quota is too small for what tfvars reserve. Safe to run again. Goes to AWS, or to the emulator that AWS_ENDPOINT_URL names.

  --dry-run  only say what would be done
  --yes      do not ask before touching AWS`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { yes: { type: "boolean" }, "dry-run": { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const name = environmentArgument(positionals, usage);
  const place = await environmentAccount(name);
  console.log(`Account ${place.account} at ${place.endpoint}, region ${place.config.core.region}:`);
  const dryRun = values["dry-run"] === true;
  if (!dryRun && place.isAws && !values.yes)
    await confirmTarget(`Set up Terraform's state for ${name} there?`);
  const report = (line: string) => {
    console.log(`  ${line}`);
  };
  await ensureStateStorage({ ...place, report }, !dryRun);
  const shortage = await concurrencyShortage(place);
  if (shortage !== undefined) console.warn(`\nBefore the app layer is deployed:\n${shortage.message}`);
}

runMain(main);
