import { resolve } from "node:path";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { StepReporter } from "../../packages/local-cloud/src/step-reporter";
import { concurrencyShortage } from "../preflight/lambda-concurrency";
import { releaseNote } from "../operations/releases";
import { makePlan } from "./make-plan";
import { counts } from "../../packages/terraform-plan/src/plan-summary";
import type { LayerSummary } from "./plan-folder";

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
  const shortage = await concurrencyShortage(account);
  if (shortage !== undefined)
    console.warn(`warning: npm run cli -- apply will refuse this plan.\n${shortage.message}\n`);
  const folder = planFolderOf(account.config.name, out);
  const layers = await new StepReporter().run("plan", (report) =>
    makePlan({ account, folder, report, ...(lockTimeoutMinutes !== undefined && { lockTimeoutMinutes }) }),
  );
  console.log(layers.map(layerLine).join("\n"));
  const note = await releaseNote(account);
  if (note !== undefined) console.log(note);
  return layers;
}

function layerLine(summary: LayerSummary): string {
  const { create, change, replace, destroy } = counts(summary);
  const status =
    summary.status === "final" ? "" : ` (${summary.status}, blocked by ${summary.blockedBy ?? "?"})`;
  return `  ${summary.layer.padEnd(5)} ${create} to create, ${change} to change, ${replace} to replace, ${destroy} to destroy${status}`;
}
