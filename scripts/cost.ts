import { parseArgs } from "node:util";
import { environmentNames } from "../deploy/config/environments";
import { loadEnvironment } from "../deploy/config/load-environment";
import { costDocument, costText, estimates } from "./cost/document";
import { unknownName } from "./cost/errors";
import { readScenarios } from "./cost/scenario";
import { writeOrCheck } from "./generated-document";
import { runMain } from "./local/run-main";

const usage = `npm run cost [-- --environment <name>] [-- --scenario <name>] [-- --file <scenarios.json>] [-- --json]

What a month costs on AWS, for each environment and scenario.

  --environment  one of those in deploy/; all unless given
  --scenario     one of the file's; all unless given
  --file         other scenarios than scripts/cost/scenarios.json
  --json         every line, with its quantity and price
  --write        writes docs/cost.md; --check sees that it is what would be written`;

runMain(async () => {
  const { values } = parseArgs({
    options: {
      environment: { type: "string" },
      scenario: { type: "string" },
      file: { type: "string" },
      json: { type: "boolean" },
      write: { type: "boolean" },
      check: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const scenarios = readScenarios(values.file);
  const load = (names: readonly string[]) => Promise.all(names.map((name) => loadEnvironment(name)));
  if (values.write || values.check) {
    const page = await costDocument(await load(environmentNames()), scenarios);
    writeOrCheck("docs/cost.md", page, "npm run cost -- --write");
    return;
  }
  const environments = await load(chosen("environment", values.environment, environmentNames()));
  const names = chosen("scenario", values.scenario, Object.keys(scenarios));
  const wanted = Object.fromEntries(Object.entries(scenarios).filter(([name]) => names.includes(name)));
  const found = estimates(environments, wanted);
  console.log(values.json ? JSON.stringify(found, null, 2) : await costText(found));
});

function chosen(what: string, name: string | undefined, known: readonly string[]): readonly string[] {
  if (name === undefined) return known;
  if (!known.includes(name)) throw unknownName(what, name, known);
  return [name];
}
