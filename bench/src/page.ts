import { markdownTable } from "../../scripts/markdown-table";
import { barChart } from "./bar-chart";
import { explanations, type Explanation } from "./explanations";
import { crossTable } from "./print";
import { partNames, resultsPath, type PartName, type PartResults, type Results } from "./results";
import { verdict, withSpread } from "./text";

/** A file that is made from the results, by its path in the repository. */
export type Made = readonly [path: string, text: string];

/** docs/bench.md, not formatted yet, and a picture of each part beside the results. */
export function benchDocuments(results: Results): Made[] {
  const parts = partNames.flatMap((name) => {
    const part = results[name];
    return part === undefined ? [] : [{ name, part, explanation: explanations[name] }];
  });
  const pictures = parts.map(({ name, part, explanation }): Made => [
    `docs/bench/${name}.svg`,
    picture(part, explanation),
  ]);
  const sections = parts.map(({ name, part, explanation }) => section(name, part, explanation));
  return [["docs/bench.md", `${introduction}\n\n${sections.join("\n\n")}\n`], ...pictures];
}

const introduction = `# Benchmark

Made by \`npm run bench:plot\` from [\`${resultsPath.replace("docs/", "")}\`](${resultsPath.replace("docs/", "")}), which
\`npm run bench\` writes. Everything that is measured runs on the Node of Lambda's nodejs22.x, each sample in a fresh
process; the samples of all shapes are taken in rounds, in an order by chance. A figure is the median of the quiet half
of its samples, p10–p90 of all of them in brackets. Only ratios mean something on another machine: a ratio is that of
two such medians, and its spread that of the ratios of the single rounds.`;

function section(name: PartName, { taken, figures, comparisons }: PartResults, { title, text }: Explanation) {
  const { head, rows } = crossTable(figures);
  const ratios = comparisons.map((comparison) => [
    comparison.what,
    withSpread(comparison),
    verdict(comparison),
  ]);
  return `## ${title}

${text}

${taken.date}, ${taken.cpu}, ${taken.cores} cores, Node ${taken.node}.

![${title}](bench/${name}.svg)

${comparisons.length === 0 ? "" : markdownTable(["ratio", "median (p10–p90)", "target"], ratios)}

${markdownTable(head, rows)}`;
}

function picture({ figures }: PartResults, { title, measure, ours }: Explanation): string {
  const drawn = figures.filter((figure) => figure.measure === measure);
  const bars = drawn.map((figure) => ({
    ...figure,
    label: figure.subject,
    isOurs: ours.test(figure.subject),
  }));
  return barChart(`${title}: ${measure}`, drawn[0]?.unit ?? "", bars);
}
