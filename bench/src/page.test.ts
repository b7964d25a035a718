import { barChart } from "./bar-chart";
import { benchDocuments } from "./page";
import type { Results } from "./results";

const bars = [
  { label: "slow", median: 20, p10: 18, p90: 40, isOurs: false },
  { label: "fast & ours", median: 10, p10: 9, p90: 11, isOurs: true },
];

test("bars are drawn to one scale and sorted by length", () => {
  const svg = barChart("Cold start", "ms", bars);
  expect(svg).toBe(barChart("Cold start", "ms", [...bars].reverse()));
  // 520 wide for the largest p90, 40.
  expect(
    [...svg.matchAll(/<rect x="270" y="(\d+)" width="([\d.]+)"/g)].map(([, y, width]) => [y, width]),
  ).toEqual([
    ["40", "130.0"],
    ["62", "260.0"],
  ]);
  expect(svg).toContain('<line x1="504.0" x2="790.0"');
});

test("labels are escaped, and our own are bold", () => {
  const svg = barChart("a < b", "ms", bars);
  expect(svg).toContain("a &lt; b, ms");
  expect(svg).toContain('font-weight="bold">fast &amp; ours</text>');
});

const summary = { p10: 0.4, p90: 0.6, samples: 3 };
const results: Results = {
  synth: {
    taken: { date: "2026-03-01", cpu: "a CPU", cores: 2, node: "v22.0.0" },
    figures: [
      { subject: "npm run synth", measure: "nine stacks", unit: "s", median: 0.5, ...summary },
      { subject: "cdktf synth", measure: "nine stacks", unit: "s", median: 4, p10: 3, p90: 5, samples: 3 },
    ],
    comparisons: [
      { what: "missed", target: 0.1, median: 0.5, ...summary },
      { what: "met", target: 0.5, median: 0.5, ...summary },
      { what: "without a target", median: 0.5, ...summary },
    ],
  },
};

test("the page has figures with their spread, and each ratio with its target", () => {
  const documents = new Map(benchDocuments(results));
  expect([...documents.keys()]).toEqual(["docs/bench.md", "docs/bench/synth.svg"]);
  const page = documents.get("docs/bench.md");
  expect(page).toMatch(/\| missed +\| 0\.50 \(0\.40–0\.60\) +\| missed: 5\.00 × the target of 0\.1 +\|/);
  expect(page).toMatch(/\| met +\| 0\.50 \(0\.40–0\.60\) +\| met \(≤ 0\.5\) +\|/);
  expect(page).toMatch(/\| without a target +\|.*\| no target +\|/);
  expect(page).toMatch(/\| npm run synth +\| 0\.50 \(0\.40–0\.60\) +\|/);
  expect(page).toContain("2026-03-01, a CPU, 2 cores, Node v22.0.0.");
});

test("parts that were not measured are not on the page", () => {
  expect(benchDocuments({}).map(([path]) => path)).toEqual(["docs/bench.md"]);
});
