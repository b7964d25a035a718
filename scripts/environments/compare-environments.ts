import { loadEnvironment } from "../../deploy/config/load-environment";
import { textTable } from "../../packages/command-line/src/table";
import { build } from "../build/build";
import { differences, type Difference } from "./differences";
import { sameEnvironment } from "./errors";

/** Maximum characters of a value, since policy statements are longer than a line. */
const widest = 60;
/** Characters that are shown before the first difference of long values. */
const context = 12;

/** Two values for a row; long ones start at the first difference. */
function cells([one = "-", other = "-"]: Difference["values"]): string[] {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  const start = Math.max(0, same - context);
  const isLong = one.length > widest && other.length > widest;
  return [one, other].map((text) => {
    const shown = isLong && start > 0 ? `…${text.slice(start)}` : text;
    return shown.length > widest ? `${shown.slice(0, widest - 1)}…` : shown;
  });
}

/** The differences as a table, followed by their counts. */
export function differencesReport(found: readonly Difference[], names: readonly [string, string]): string {
  const shared = found.filter(({ attribute }) => attribute !== "");
  const counts = `${shared.length} values differ, ${found.length - shared.length} resources are in one only.`;
  if (found.length === 0) return counts;
  const rows = found.map(({ resource, attribute, values }) => [resource, attribute, ...cells(values)]);
  return [textTable([["resource", "attribute", ...names], ...rows]), "", counts].join("\n");
}

/** Prints the differences between two environments in the stacks for AWS. */
export async function compareEnvironments(one: string, other: string): Promise<Difference[]> {
  if (one === other) throw sameEnvironment(one);
  await build();
  const found = differences(await loadEnvironment(one), await loadEnvironment(other));
  console.log(differencesReport(found, [one, other]));
  return found;
}
