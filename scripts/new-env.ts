import { parseArgs } from "node:util";
import { displayPath, environmentNames } from "../deploy/config/environments";
import { addEnvironment, newEnvironmentFiles, stillNaming } from "./environments/new-environment";
import { wrongUsage } from "./local/errors";
import { runMain } from "./local/run-main";

const usage = `npm run new:env -- <name> [--from stage] [--account 444455556666] [--dry-run]

Adds an environment: terraform.tfvars and backend.tfvars in each layer, with the values of another environment, its own
name, state and account. Nothing else lists environments.

  --from     the environment whose values it begins with (stage)
  --account  the id of its AWS account; left out, one to be replaced
  --dry-run  only say what would be written`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      from: { type: "string" },
      account: { type: "string" },
      "dry-run": { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const [name, ...rest] = positionals;
  if (name === undefined || rest.length > 0)
    throw wrongUsage(
      `Expected one name beside ${environmentNames().join(", ")}, found "${positionals.join(" ")}".`,
      usage,
    );
  const accountId = values.account;
  if (accountId !== undefined && !/^\d{12}$/.test(accountId))
    throw wrongUsage(`Expected an account id of 12 digits, found "${accountId}".`, usage);
  const from = values.from ?? "stage";
  const wanted = { name, from, accountId };
  if (values["dry-run"]) {
    const files = await newEnvironmentFiles(wanted);
    for (const { path, text } of files) console.log(`── ${displayPath(path)}\n${text}`);
    return;
  }
  const files = await addEnvironment(wanted);
  for (const { path } of files) console.log(`  wrote ${displayPath(path)}`);
  const left = stillNaming(from, files);
  if (left.length > 0) console.log(`\nStill of ${from}, for you to change:\n  ${left.join("\n  ")}`);
  console.log(`
Next: read them${accountId === undefined ? ", set allowed_account_ids and the buckets' names to your account's" : ""}, then
  npm run environments && npm run capacity && npm run cost -- --write
  npm run diff:env -- ${from} ${name}
  npm run bootstrap -- ${name}
  npx cdktf deploy '*-${name}'
and say in .github/workflows/deploy.yml after which environment it is deployed.`);
}

runMain(main);
