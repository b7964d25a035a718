import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { wrongUsage } from "./local/errors";
import { runMain } from "./local/run-main";
import { Github } from "./pipeline/github";
import { planComment, planMarker } from "./pipeline/plan-comment";
import { PlanFolder } from "./pipeline/plan-folder";

const usage = `npm run plan:comment -- [--plans plans] [--findings findings.txt] [--pull-request 12]

Says on a pull request what it would change, from the plans in a folder; the same comment each time. Without
--pull-request it only prints the comment. Reads GITHUB_REPOSITORY, GITHUB_TOKEN and, if set, GITHUB_API_URL.`;

runMain(async () => {
  const { values } = parseArgs({
    options: {
      plans: { type: "string" },
      findings: { type: "string" },
      "pull-request": { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const folder = resolve(values.plans ?? "plans");
  const environments = existsSync(folder) ? readdirSync(folder).sort() : [];
  if (environments.length === 0) throw wrongUsage(`Expected plans in ${folder}, found none.`, usage);
  const manifests = environments.map((name) => new PlanFolder(join(folder, name)).read());
  const findings = values.findings === undefined ? undefined : readFileSync(values.findings, "utf8");
  const comment = planComment(manifests, findings);
  const number = values["pull-request"];
  if (number === undefined) console.log(comment);
  else await Github.ofWorkflow().comment(Number(number), planMarker, comment);
});
