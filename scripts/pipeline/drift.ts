import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StepReporter } from "../../packages/local-cloud/src/step-reporter";
import type { Github } from "../../packages/github/src/github";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { stacksInOrder } from "../bootstrap/environment-stacks";
import { synthesize } from "./make-plan";
import { pausedTag } from "../../packages/event-sources/src/event-sources";
import { drifted } from "../../packages/terraform-plan/src/plan-summary";
import { TerraformFolder } from "./terraform-folder";

const planFile = "drift";

/** Addresses of resources that differ from what Terraform applied, by the label of their layer. */
type Drift = ReadonlyMap<string, readonly string[]>;

/** An HTML comment by which the environment's issue is found. */
const driftMarker = (environment: string) => `<!-- drift-of-${environment} -->`;

/** Runs `terraform plan -refresh-only` for each layer; changes nothing. */
async function findDrift(
  account: EnvironmentAccount,
  folder: string,
  report: (line: string) => void,
): Promise<Drift> {
  const plan = await synthesize(account, folder, report);
  const found = new Map<string, readonly string[]>();
  for (const { id, label } of stacksInOrder(account)) {
    report(`refreshing ${label}`);
    const terraform = await TerraformFolder.open(plan.stack(id));
    await terraform.init();
    await terraform.plan(planFile, "-refresh-only");
    const shown: unknown = JSON.parse(await terraform.run("show", "-json", planFile));
    // A pause is found by what it turns off.
    found.set(label, drifted(shown, terraform.json(), [pausedTag]));
  }
  return found;
}

const isDrift = (drift: Drift) => [...drift.values()].some((addresses) => addresses.length > 0);

/** The issue that reports drift. */
export function driftIssue(
  environment: string,
  drift: Drift,
  standbyRegion?: string,
): { readonly title: string; readonly body: string } {
  const sections = [...drift]
    .filter(([, addresses]) => addresses.length > 0)
    .map(
      ([layer, addresses]) => `**${layer}**\n\n${addresses.map((address) => `- \`${address}\``).join("\n")}`,
    );
  const stacks = [
    `<layer>-${environment}`,
    ...(standbyRegion === undefined ? [] : [`<layer>-${environment}-${standbyRegion}`]),
  ].map((stack) => `\`npx cdktf diff ${stack}\``);
  const body = [
    `These resources of ${environment} differ from what Terraform applied: they were changed outside of Terraform.`,
    ...sections,
    `Show the difference: ${stacks.join(" or ")}. To revert it, deploy again; to keep it, change the stacks.`,
  ].join("\n\n");
  return { title: `${environment} has drifted`, body };
}

/** 1 and 2 are failure and wrong usage. */
const driftExitCode = 3;

/**
 * Prints which resources of an environment differ from what Terraform applied.
 * @param github opens, updates or closes an issue; without it, the exit code reports drift
 */
export async function reportDrift(
  account: EnvironmentAccount,
  github?: Github,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const { name, core } = account.config;
  const folder = mkdtempSync(join(tmpdir(), "drift-"));
  try {
    const drift = await new StepReporter().run("drift", (report) => findDrift(account, folder, report));
    const { title, body } = driftIssue(name, drift, core.recovery?.region);
    console.log(isDrift(drift) ? `${title}\n\n${body}` : `${name} has no drift.`);
    if (!isDrift(drift)) await github?.closeIssue(driftMarker(name), `${name} has no drift any more.`);
    else if (github === undefined) process.exitCode = driftExitCode;
    else await github.openIssue(driftMarker(name), title, body);
    return Object.fromEntries(drift);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
