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

/** What was done, and whether layers were left out since what they were planned on has changed by it. */
export interface Applied {
  readonly applied: readonly Layer[];
  /** Layers that have to be planned, and reviewed, again. */
  readonly again: readonly Layer[];
}

/**
 * Applies exactly the files of a plan, the lowest layer first. Layers that were planned on outputs which have only now
 * been published are left for another plan.
 * @throws {CommandError} when the plan is not this environment's, not as it was written, of another revision, or
 * nothing of it can be applied; Terraform itself refuses a plan whose state has changed since
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
  const firm = changing.filter(({ stands }) => stands === "firm");
  const again = changing.filter((layer) => !firm.includes(layer)).map(({ layer }) => layer);
  if (firm.length === 0) refuseMadeUp(changing);
  for (const { layer } of firm) {
    report(`applying ${layer}`);
    const terraform = await TerraformFolder.open(plan.stack(layer, config.name));
    await terraform.init();
    await terraform.apply(planFile);
  }
  return { applied: firm.map(({ layer }) => layer), again };
}

function refuseMadeUp(changing: readonly LayerSummary[]): void {
  const [first] = changing;
  if (first?.because !== undefined) throw planHasPlaceholders(first.layer, first.because);
}
