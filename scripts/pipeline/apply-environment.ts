import { appendFileSync } from "node:fs";
import { accountsByRegion } from "../bootstrap/standby-account";
import type { Target } from "../core/target";
import { StepReporter } from "../../packages/local-cloud/src/step-reporter";
import { concurrencyShortage } from "../preflight/lambda-concurrency";
import { applyPlan, type Applied } from "./apply-plan";
import { planFolderOf } from "./plan-environment";

/**
 * Applies the plan in a folder, and prints the applied layers.
 * @throws {CommandError} when the account's Lambda quota is too small, or `applyPlan` refuses the plan
 */
export async function applyEnvironment(
  { account, confirm }: Target,
  plan: string | undefined,
): Promise<Applied> {
  const folder = planFolderOf(account.config.name, plan);
  await confirm(`Apply ${folder}?`);
  for (const region of accountsByRegion(account)) {
    const shortage = await concurrencyShortage(region);
    if (shortage !== undefined) throw shortage;
  }
  const outcome = await new StepReporter().run("apply", (report) => applyPlan({ account, folder, report }));
  const { applied, outdated } = outcome;
  console.log(applied.length > 0 ? `  applied ${applied.join(" and ")}` : "  nothing to apply");
  if (outdated.length > 0) console.log(`  to be planned and reviewed again: ${outdated.join(" and ")}`);
  // For the workflow's next jobs: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
  const { GITHUB_OUTPUT } = process.env;
  if (GITHUB_OUTPUT !== undefined) appendFileSync(GITHUB_OUTPUT, `again=${outdated.length > 0}\n`);
  return outcome;
}
