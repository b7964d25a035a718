import { appendFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { environmentAccount } from "./bootstrap/environment-account";
import { environmentArgument } from "./local/arguments";
import { confirmTarget } from "./local/confirm";
import { Phases } from "../packages/local-cloud/src/phases";
import { runMain } from "./local/run-main";
import { concurrencyShortage } from "./preflight/lambda-concurrency";
import { applyPlan } from "./pipeline/apply-plan";

const usage = `npm run apply -- <environment> [--plan plans/<environment>] [--yes]

Applies exactly the plan that npm run plan has written, and that was reviewed: of this commit, this environment and this
account, with no file changed. Layers that were planned before what they stand on was there are left for another plan.
Changes nothing when the account's Lambda quota is too small for what tfvars reserve.

  --yes  do not ask before changing AWS`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { plan: { type: "string" }, yes: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const name = environmentArgument(positionals, usage);
  const folder = resolve(values.plan ?? `plans/${name}`);
  const account = await environmentAccount(name);
  console.log(`About to change ${name} in account ${account.account} at ${account.endpoint}.`);
  if (account.isAws && !values.yes) await confirmTarget(`Apply ${folder} there?`);
  const shortage = await concurrencyShortage(account);
  if (shortage !== undefined) throw shortage;
  const { applied, again } = await new Phases().run("apply", (report) =>
    applyPlan({ account, folder, report }),
  );
  console.log(applied.length > 0 ? `  applied ${applied.join(" and ")}` : "  nothing to apply");
  if (again.length > 0) console.log(`  to be planned and reviewed again: ${again.join(" and ")}`);
  // For the workflow's next jobs: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
  const { GITHUB_OUTPUT } = process.env;
  if (GITHUB_OUTPUT !== undefined) appendFileSync(GITHUB_OUTPUT, `again=${again.length > 0}\n`);
}

runMain(main);
