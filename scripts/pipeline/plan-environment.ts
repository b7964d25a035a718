import { resolve } from "node:path";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { accountsByRegion } from "../bootstrap/standby-account";
import { StepReporter } from "../../packages/local-cloud/src/step-reporter";
import { concurrencyShortage } from "../preflight/lambda-concurrency";
import { releaseNote } from "../operations/releases";
import { makePlan } from "./make-plan";
import { counts } from "../../packages/terraform-plan/src/plan-summary";
import { labelOf, type LayerSummary } from "./plan-folder";

export interface PlanEnvironmentOptions {
  /** The folder for the plan; `plans/<environment>` unless given. */
  readonly out: string | undefined;
  readonly lockTimeoutMinutes: number | undefined;
}

/** The folder of an environment's plan. */
export const planFolderOf = (environment: string, given?: string): string =>
  resolve(given ?? `plans/${environment}`);

/** Plans an environment into a folder, and prints what would change. */
export async function planEnvironment(
  account: EnvironmentAccount,
  { out, lockTimeoutMinutes }: PlanEnvironmentOptions,
): Promise<readonly LayerSummary[]> {
  const regions = accountsByRegion(account);
  for (const region of regions) {
    const shortage = await concurrencyShortage(region);
    if (shortage !== undefined)
      console.warn(`warning: npm run cli -- apply will refuse this plan.\n${shortage.message}\n`);
  }
  const folder = planFolderOf(account.config.name, out);
  const layers = await new StepReporter().run("plan", (report) =>
    makePlan({ account, folder, report, ...(lockTimeoutMinutes !== undefined && { lockTimeoutMinutes }) }),
  );
  const width = Math.max(minimumWidth, ...layers.map((summary) => labelOf(summary).length));
  console.log(layers.map((summary) => layerLine(summary, width)).join("\n"));
  for (const region of regions) {
    const note = await releaseNote(region);
    if (note !== undefined) console.log(region === account ? note : `${note} (${region.config.core.region})`);
  }
  return layers;
}

const minimumWidth = 5;

function layerLine(summary: LayerSummary, width: number): string {
  const { create, change, replace, destroy } = counts(summary);
  const status =
    summary.status === "final" ? "" : ` (${summary.status}, blocked by ${summary.blockedBy ?? "?"})`;
  return `  ${labelOf(summary).padEnd(width)} ${create} to create, ${change} to change, ${replace} to replace, ${destroy} to destroy${status}`;
}
