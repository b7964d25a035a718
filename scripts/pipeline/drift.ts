import { layers, type Layer } from "../../deploy/shared/layers";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { synthesize } from "./make-plan";
import { drifted } from "./plan-summary";
import { TerraformFolder } from "./terraform-folder";

const planFile = "drift";

/** Resources that are not as Terraform left them, by layer. */
export type Drift = ReadonlyMap<Layer, readonly string[]>;

/** Finds the environment's issue again; GitHub shows it to nobody. */
export const driftMarker = (environment: string) => `<!-- drift-of-${environment} -->`;

/** Looks at what is deployed, and changes nothing. */
export async function findDrift(
  account: EnvironmentAccount,
  folder: string,
  report: (line: string) => void,
): Promise<Drift> {
  const plan = await synthesize(account, folder, report);
  const found = new Map<Layer, readonly string[]>();
  for (const layer of layers) {
    report(`looking at ${layer}`);
    const terraform = await TerraformFolder.open(plan.stack(layer, account.config.name));
    await terraform.init();
    await terraform.plan(planFile, "-refresh-only");
    found.set(layer, drifted(JSON.parse(await terraform.run("show", "-json", planFile))));
  }
  return found;
}

export const isDrift = (drift: Drift) => [...drift.values()].some((addresses) => addresses.length > 0);

/** What an issue says of it. */
export function driftIssue(
  environment: string,
  drift: Drift,
): { readonly title: string; readonly body: string } {
  const sections = [...drift]
    .filter(([, addresses]) => addresses.length > 0)
    .map(
      ([layer, addresses]) => `**${layer}**\n\n${addresses.map((address) => `- \`${address}\``).join("\n")}`,
    );
  const body = [
    `These resources of ${environment} differ from what Terraform applied: they were changed outside of Terraform.`,
    ...sections,
    `See what differs: \`npx cdktf diff <layer>-${environment}\`. To have it as it was, deploy again; to keep it, put it into the stacks.`,
  ].join("\n\n");
  return { title: `${environment} has drifted`, body };
}
