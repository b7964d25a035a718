import { parseArgs } from "node:util";
import { loadEnvironment } from "../deploy/shared/load-config";
import { differences, type Difference } from "./environments/differences";
import { sameEnvironment } from "./environments/errors";
import { environmentArgument } from "./local/arguments";
import { wrongUsage } from "./local/errors";
import { runMain } from "./local/run-main";

const usage = `npm run diff:env -- <environment> <environment> [--json]

What differs between two environments in what would be applied to AWS; names and accounts, which always do, left out.`;

const widest = 60;
const cell = (value: string | undefined) => {
  const text = value ?? "-";
  return text.length > widest ? `${text.slice(0, widest - 1)}…` : text;
};

/** Columns under each other, as wide as what is in them. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function report(found: readonly Difference[], names: readonly [string, string]): string {
  const shared = found.filter(({ attribute }) => attribute !== "");
  const rows = found.map(({ resource, attribute, values }) => [resource, attribute, ...values.map(cell)]);
  return [
    table([["resource", "attribute", ...names], ...rows]),
    "",
    `${shared.length} values differ, ${found.length - shared.length} resources are in one only.`,
  ].join("\n");
}

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
  // As for AWS, wherever this runs.
  delete process.env.AWS_ENDPOINT_URL;
  const found = differences(await loadEnvironment(one), await loadEnvironment(other));
  console.log(values.json ? JSON.stringify(found, null, 2) : report(found, [one, other]));
});
