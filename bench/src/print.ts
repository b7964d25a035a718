import { textTable } from "../../packages/command-line/src/table";
import type { Comparison, Figure } from "./results";
import { verdict, withSpread } from "./text";

/** Prints the figures of a part as a table, then its ratios and their targets. */
export function printMeasured(figures: readonly Figure[], comparisons: readonly Comparison[]): void {
  const { head, rows } = crossTable(figures);
  console.log(textTable([head, ...rows]));
  if (comparisons.length > 0) console.log();
  for (const comparison of comparisons)
    console.log(`  ${comparison.what}: ${withSpread(comparison)}  ${verdict(comparison)}`);
}

/** Figures as cells: subjects down, measures across. */
export function crossTable(figures: readonly Figure[]): { head: string[]; rows: string[][] } {
  const measures = [...new Map(figures.map(({ measure, unit }) => [measure, unit]))];
  const subjects = [...new Set(figures.map(({ subject }) => subject))];
  return {
    head: ["", ...measures.map(([measure, unit]) => `${measure}, ${unit}`)],
    rows: subjects.map((subject) => [
      subject,
      ...measures.map(([measure]) => {
        const found = figures.find((figure) => figure.subject === subject && figure.measure === measure);
        return found === undefined ? "" : withSpread(found);
      }),
    ]),
  };
}
