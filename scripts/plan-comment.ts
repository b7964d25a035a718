import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import * as z from "zod";
import { wrongUsage } from "./local/errors";
import { jsonOf } from "./local/json";
import { runMain } from "./local/run-main";
import { Github } from "./pipeline/github";
import { planComment, planMarker } from "./pipeline/plan-comment";
import { PlanFolder } from "./pipeline/plan-folder";

const usage = `npm run plan:comment -- [--plans plans] [--findings findings.txt] [--environments '["dev"]'] [--pull-request 12]

Says on a pull request what it would change, from the plans in a folder; the same comment each time. Without
--pull-request it only prints the comment. An environment of --environments without a plan is listed as such. Reads GITHUB_REPOSITORY, GITHUB_TOKEN and, if set, GITHUB_API_URL.`;

runMain(async () => {
  const { values } = parseArgs({
    options: {
      plans: { type: "string" },
      findings: { type: "string" },
      environments: { type: "string", default: "[]" },
      "pull-request": { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const folder = resolve(values.plans ?? "plans");
  const planned = existsSync(folder) ? readdirSync(folder).sort() : [];
  const wanted = z.array(z.string()).safeParse(jsonOf(values.environments)).data;
  if (wanted === undefined)
    throw wrongUsage(`Expected --environments as a JSON array, found "${values.environments}".`, usage);
  const manifests = planned.map((name) => new PlanFolder(join(folder, name)).read());
  const findings = values.findings === undefined ? undefined : readFileSync(values.findings, "utf8");
  const comment = planComment(
    manifests,
    findings,
    wanted.filter((name) => !planned.includes(name)),
  );
  const number = values["pull-request"];
  if (number === undefined) console.log(comment);
  else await Github.ofWorkflow().comment(Number(number), planMarker, comment);
});
