import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { Phases } from "../../packages/local-cloud/src/phases";
import { driftIssue, driftMarker, findDrift, isDrift } from "./drift";
import type { Github } from "./github";

/** Not 1 and 2, which are failure and wrong usage. */
export const driftExitCode = 3;

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
