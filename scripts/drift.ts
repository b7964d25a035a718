import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { environmentAccount } from "./bootstrap/environment-account";
import { environmentArgument } from "./local/arguments";
import { Phases } from "../packages/local-cloud/src/phases";
import { runMain } from "./local/run-main";
import { driftIssue, driftMarker, findDrift, isDrift } from "./pipeline/drift";
import { Github } from "./pipeline/github";

const usage = `npm run drift -- <environment> [--issue]

Tells which resources of an environment are not as Terraform left them; exits with 2 if there are any.

  --issue  opens an issue of it at GitHub instead, keeps it up to date, and closes it when the drift is gone`;

/** As terraform plan -detailed-exitcode has it. */
const driftExitCode = 2;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { issue: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const name = environmentArgument(positionals, usage);
  const github = values.issue ? Github.ofWorkflow() : undefined;
  const account = await environmentAccount(name);
  const folder = mkdtempSync(join(tmpdir(), "drift-"));
  try {
    const drift = await new Phases().run("drift", (report) => findDrift(account, folder, report));
    const { title, body } = driftIssue(name, drift);
    if (isDrift(drift)) {
      console.log(`${title}\n\n${body}`);
      if (github === undefined) process.exitCode = driftExitCode;
      else await github.openIssue(driftMarker(name), title, body);
    } else {
      console.log(`${name} is as Terraform left it.`);
      await github?.closeIssue(driftMarker(name), `${name} is as Terraform left it again.`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

runMain(main);
