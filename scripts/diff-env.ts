import { parseArgs } from "node:util";
import { loadEnvironment } from "../deploy/config/load-environment";
import { build } from "./build/build";
import { differences } from "./environments/differences";
import { differencesReport } from "./environments/differences-report";
import { sameEnvironment } from "./environments/errors";
import { environmentArgument } from "./local/arguments";
import { wrongUsage } from "./local/errors";
import { runMain } from "./local/run-main";

const usage = `npm run diff:env -- <environment> <environment> [--json]

What differs between two environments in what would be applied to AWS; names and accounts, which always do, left out.`;

runMain(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  if (positionals.length !== 2)
    throw wrongUsage(`Expected two environments, found "${positionals.join(" ")}".`, usage);
  const names = positionals.map((name) => environmentArgument([name], usage));
  const [one = "", other = ""] = names;
  if (one === other) throw sameEnvironment(one);
  await build();
  // As for AWS, wherever this runs.
  delete process.env.AWS_ENDPOINT_URL;
  const found = differences(await loadEnvironment(one), await loadEnvironment(other));
  console.log(values.json ? JSON.stringify(found, null, 2) : differencesReport(found, [one, other]));
});
