import { parseArgs } from "node:util";
import { loadEnvironment } from "../deploy/shared/load-config";
import { emulator } from "../deploy/shared/emulator";
import { checkAccount, ensureStateStorage, type StateStorageOptions } from "./bootstrap/state-storage";
import { environmentArgument } from "./local/arguments";
import { stateClients } from "./local/aws-clients";
import { confirmTarget } from "./local/confirm";
import { runMain } from "./local/run-main";

const usage = `npm run bootstrap -- <environment> [--yes] [--dry-run]

Makes the S3 bucket and the DynamoDB table that hold an environment's Terraform state and locks, in the account that
its tfvars allow. Safe to run again. Goes to AWS, or to the emulator that AWS_ENDPOINT_URL names.

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
  const config = await loadEnvironment(name);
  const target = emulator();
  const options: StateStorageOptions = {
    config,
    clients: stateClients({
      region: config.core.region,
      ...(target && { endpoint: process.env.AWS_ENDPOINT_URL }),
    }),
    endpoint: process.env.AWS_ENDPOINT_URL ?? "AWS",
    demandTls: target?.tls !== false,
    report: (line) => {
      console.log(`  ${line}`);
    },
  };
  const account = await checkAccount(options);
  console.log(`Account ${account} at ${options.endpoint}, region ${config.core.region}:`);
  const dryRun = values["dry-run"] === true;
  if (!dryRun && target === undefined && !values.yes)
    await confirmTarget(`Set up Terraform's state for ${name} there?`);
  await ensureStateStorage(options, !dryRun);
}

runMain(main);
