import { commit } from "../../deploy/30_app/release";
import type { Layer } from "../../deploy/shared/layers";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { planHasPlaceholders, planOfAnother } from "./errors";
import { planFile } from "./make-plan";
import { PlanFolder, type LayerSummary } from "./plan-folder";
import { hasChanges } from "../../packages/terraform-plan/src/plan-summary";
import { TerraformFolder } from "./terraform-folder";

export interface ApplyOptions {
  readonly account: EnvironmentAccount;
  readonly folder: string;
  readonly report: (line: string) => void;
}

/** The outcome of an apply. */
export interface Applied {
  readonly applied: readonly Layer[];
  /** Layers whose plan is outdated by this apply: to be planned and reviewed again. */
  readonly outdated: readonly Layer[];
}

/**
 * Applies exactly the files of a plan, the lowest layer first. Layers whose plan depends on outputs that this apply changes
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
  const outdated = changing.filter((layer) => !final.includes(layer)).map(({ layer }) => layer);
  if (final.length === 0) refusePlaceholders(changing);
  for (const { layer } of final) {
    report(`applying ${layer}`);
    const terraform = await TerraformFolder.open(plan.stack(layer, config.name));
    await terraform.init();
    await terraform.apply(planFile);
  }
  return { applied: final.map(({ layer }) => layer), outdated };
}

function refusePlaceholders(changing: readonly LayerSummary[]): void {
  const [first] = changing;
  if (first?.blockedBy !== undefined) throw planHasPlaceholders(first.layer, first.blockedBy);
}
