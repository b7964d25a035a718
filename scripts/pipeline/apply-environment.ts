import { appendFileSync } from "node:fs";
import type { Target } from "../core/target";
import { Phases } from "../../packages/local-cloud/src/phases";
import { concurrencyShortage } from "../preflight/lambda-concurrency";
import { applyPlan } from "./apply-plan";
import { planFolderOf } from "./plan-environment";

/**
 * Applies the plan in a folder, and prints which layers it applied.
 * @throws {CommandError} when the account's Lambda quota is too small, or the plan is not one of this environment
 */
export async function applyEnvironment(
  { account, confirm }: Target,
  plan: string | undefined,
): Promise<void> {
  const folder = planFolderOf(account.config.name, plan);
  await confirm(`Apply ${folder} there?`);
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
