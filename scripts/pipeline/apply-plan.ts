import { commit } from "../../deploy/30_app/release";
import { stackId } from "../../deploy/shared/naming";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { planHasPlaceholders, planOfAnother } from "./errors";
import { planFile } from "./make-plan";
import { labelOf, PlanFolder, type LayerSummary } from "./plan-folder";
import { hasChanges } from "../../packages/terraform-plan/src/plan-summary";
import { TerraformFolder } from "./terraform-folder";

export interface ApplyOptions {
  readonly account: EnvironmentAccount;
  readonly folder: string;
  readonly report: (line: string) => void;
}

/** The outcome of an apply, by labels of layers: `core`, or `core (eu-west-1)` in the second region. */
export interface Applied {
  readonly applied: readonly string[];
  /** Layers whose plan is outdated by this apply: to be planned and reviewed again. */
  readonly outdated: readonly string[];
}

/**
 * Applies exactly the files of a plan, the lowest layer first, and each layer in the first region first. Layers whose plan depends on outputs that this apply changes
 * are left for another plan.
 * @throws {CommandError} when the plan is of another environment, account or commit, was changed, or has placeholders;
 * Terraform itself refuses a plan whose state has changed
 */
export async function applyPlan({ account, folder, report }: ApplyOptions): Promise<Applied> {
  const plan = new PlanFolder(folder);
  const { config } = account;
  const manifest = plan.open();
  if (manifest.environment !== config.name)
    throw planOfAnother("environment", manifest.environment, config.name);
  if (manifest.account !== account.account) throw planOfAnother("account", manifest.account, account.account);
  const cloud = account.isAws ? "AWS" : "emulator";
  if (manifest.cloud !== cloud) throw planOfAnother("cloud", manifest.cloud, cloud);
  if (manifest.commit !== commit()) throw planOfAnother("commit", manifest.commit, commit());

  const changing = manifest.layers.filter(hasChanges);
  const final = changing.filter(({ status }) => status === "final");
  const outdated = changing.filter((layer) => !final.includes(layer)).map(labelOf);
  if (final.length === 0) refusePlaceholders(changing);
  for (const summary of final) {
    report(`applying ${labelOf(summary)}`);
    const id = stackId(summary.layer, config.name, summary.standbyRegion);
    const terraform = await TerraformFolder.open(plan.stack(id));
    await terraform.init();
    await terraform.apply(planFile);
  }
  return { applied: final.map(labelOf), outdated };
}

function refusePlaceholders(changing: readonly LayerSummary[]): void {
  const [first] = changing;
  if (first?.blockedBy !== undefined) throw planHasPlaceholders(labelOf(first), first.blockedBy);
}
