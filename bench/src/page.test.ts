import { barChart } from "./bar-chart";
import { lineChart } from "./line-chart";
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

test("lines are drawn over a logarithmic axis, flat for equal values", () => {
  const svg = lineChart("Growth", "tasks", [
    { label: "flat & low", points: [1_000, 10_000, 100_000].map((x) => ({ x, y: 50 })) },
    { label: "growing", points: [1_000, 10_000, 100_000].map((x) => ({ x, y: x / 1_000 })) },
  ]);
  expect([...svg.matchAll(/<polyline points="([^"]+)"/g)].map(([, points]) => points)).toEqual([
    "70.0,170.0 310.0,170.0 550.0,170.0",
    "70.0,297.4 310.0,274.0 550.0,40.0",
  ]);
  expect(svg).toContain("flat &amp; low");
});

test("the chart of growth has a line for each subject that was measured at several sizes", () => {
  const taken = { date: "2026-03-01", cpu: "a CPU", cores: 2, node: "v22.0.0" };
  const figure = (measure: string, unit: "items" | "calls", median: number) =>
    ({ subject: "page: no filter", measure, unit, median, p10: median, p90: median, samples: 1 }) as const;
  const figures = [
    figure("items at 1,000", "items", 180),
    figure("items at 10,000", "items", 180),
    figure("calls at 1,000", "calls", 17),
  ];
  const documents = new Map(benchDocuments({ growth: { taken, figures, comparisons: [] } }));
  const svg = documents.get("docs/bench/growth.svg") ?? "";
  expect([...svg.matchAll(/<polyline points="([^"]+)"/g)].map(([, points]) => points)).toEqual([
    "70.0,40.0 550.0,40.0",
  ]);
});
