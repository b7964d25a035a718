import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Phases } from "../../packages/local-cloud/src/phases";
import type { Github } from "./github";
import { layers, type Layer } from "../../deploy/shared/layers";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { synthesize } from "./make-plan";
import { drifted } from "../../packages/terraform-plan/src/plan-summary";
import { TerraformFolder } from "./terraform-folder";

const planFile = "drift";

/** Resources that are not as Terraform left them, by layer. */
type Drift = ReadonlyMap<Layer, readonly string[]>;

/** Finds the environment's issue again; GitHub shows it to nobody. */
const driftMarker = (environment: string) => `<!-- drift-of-${environment} -->`;

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

const isDrift = (drift: Drift) => [...drift.values()].some((addresses) => addresses.length > 0);

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

/** Not 1 and 2, which are failure and wrong usage. */
const driftExitCode = 3;

/**
 * Prints which resources of an environment are not as Terraform left them.
 * @param github where to open, update or close an issue; without it the exit code tells
 */
export async function reportDrift(
  account: EnvironmentAccount,
  json: boolean,
  github?: Github,
): Promise<void> {
  const { name } = account.config;
  const folder = mkdtempSync(join(tmpdir(), "drift-"));
  try {
    const phases = new Phases(json ? console.error : console.log);
    const drift = await phases.run("drift", (report) => findDrift(account, folder, report));
    const { title, body } = driftIssue(name, drift);
    if (json) console.log(JSON.stringify(Object.fromEntries(drift), null, 2));
    else console.log(isDrift(drift) ? `${title}\n\n${body}` : `${name} is as Terraform left it.`);
    if (!isDrift(drift))
      await github?.closeIssue(driftMarker(name), `${name} is as Terraform left it again.`);
    else if (github === undefined) process.exitCode = driftExitCode;
    else await github.openIssue(driftMarker(name), title, body);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
