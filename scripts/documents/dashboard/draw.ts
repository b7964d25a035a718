import { digits, escaped } from "../../../bench/src/text";
import type { GraphLine } from "./graph-lines";

/** A graph with its lines. */
export interface DrawnGraph {
  readonly title: string;
  readonly lines: readonly GraphLine[];
  readonly thresholds: readonly number[];
}

export interface Picture {
  readonly title: string;
  /** What the data are. */
  readonly notes: readonly string[];
  readonly graphs: readonly DrawnGraph[];
  /** The start of the first minute. */
  readonly from: Date;
  readonly minutes: number;
}

const width = 900;
const columns = 3;
const cell = { width: width / columns, height: 168 };
const plot = { left: 42, top: 56, right: 12, bottom: 22 };
const plotWidth = cell.width - plot.left - plot.right;
const plotHeight = cell.height - plot.top - plot.bottom;
const noteHeight = 18;
const colors = ["#1f6feb", "#d97706", "#1a7f37", "#8250df", "#57606a"];
/** At 11 px, so that a title fits its cell. */
const longestTitle = 44;

const rounded = (value: number) => value.toFixed(1);
const colorOf = (at: number) => colors[at % colors.length] ?? "#000";

/**
 * Draws the graphs of a dashboard, three in a row, readable at 900 pixels.
 * @returns an SVG, the same bytes for the same data
 */
export function drawDashboard({ title, notes, graphs, from, minutes }: Picture): string {
  const top = 44 + notes.length * noteHeight;
  const height = top + Math.ceil(graphs.length / columns) * cell.height + 8;
  const cells = graphs.map((graph, at) => {
    const [x, y] = [(at % columns) * cell.width, top + Math.floor(at / columns) * cell.height];
    return `<g transform="translate(${rounded(x)},${y})">\n${drawGraph(graph, from, minutes)}\n</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="DejaVu Sans, Verdana, sans-serif" font-size="10">
<rect width="${width}" height="${height}" fill="#fff"/>
<text x="10" y="26" font-size="17" font-weight="bold">${escaped(title)}</text>
${notes.map((note, at) => `<text x="10" y="${46 + at * noteHeight}" font-size="12" fill="#57606a">${escaped(note)}</text>`).join("\n")}
${cells.join("\n")}
</svg>
`;
}

function drawGraph({ title, lines, thresholds }: DrawnGraph, from: Date, minutes: number): string {
  const values = lines.flatMap(({ points }) => points.map(([, value]) => value));
  // CloudWatch scales the axis for annotations too.
  const largest = Math.max(...values, ...thresholds) || 1;
  const xOf = (minute: number) => plot.left + (minute / Math.max(1, minutes - 1)) * plotWidth;
  const yOf = (value: number) => plot.top + plotHeight * (1 - value / largest);
  const bottom = plot.top + plotHeight;
  const levels = [0, largest].map(
    (value) =>
      `<line x1="${plot.left}" x2="${plot.left + plotWidth}" y1="${rounded(yOf(value))}" y2="${rounded(yOf(value))}" stroke="#d0d7de"/>
<text x="${plot.left - 4}" y="${rounded(yOf(value) + 4)}" text-anchor="end" fill="#57606a">${level(value)}</text>`,
  );
  const limits = thresholds.map(
    (value) =>
      `<line x1="${plot.left}" x2="${plot.left + plotWidth}" y1="${rounded(yOf(value))}" y2="${rounded(yOf(value))}" stroke="#cf222e" stroke-dasharray="4 3"/>`,
  );
  const times = [0, minutes - 1].map(
    (minute, at) =>
      `<text x="${rounded(xOf(minute))}" y="${bottom + 14}" text-anchor="${at === 0 ? "start" : "end"}" fill="#57606a">${clock(from, minute)}</text>`,
  );
  const drawn = lines.flatMap(({ points }, at) => [
    `<polyline points="${points.map(([x, y]) => `${rounded(xOf(x))},${rounded(yOf(y))}`).join(" ")}" fill="none" stroke="${colorOf(at)}" stroke-width="1.5"/>`,
    // A single point, or one with a gap on each side, has no line.
    ...points.map(
      ([x, y]) => `<circle cx="${rounded(xOf(x))}" cy="${rounded(yOf(y))}" r="1.5" fill="${colorOf(at)}"/>`,
    ),
  ]);
  return [
    `<rect x="4" y="2" width="${cell.width - 8}" height="${cell.height - 6}" rx="4" fill="none" stroke="#d0d7de"/>`,
    `<text x="12" y="20" font-size="11" font-weight="bold">${escaped(shortened(title))}</text>`,
    legend(lines, thresholds.length > 0),
    ...levels,
    ...limits,
    ...times,
    ...drawn,
  ].join("\n");
}

/** Labels in their colours, in a line under the title. */
function legend(lines: readonly GraphLine[], hasThreshold: boolean): string {
  const labels = [
    ...lines.map(({ label }, at) => ({ label, color: colorOf(at) })),
    ...(hasThreshold ? [{ label: "alarm", color: "#cf222e" }] : []),
  ];
  const spans = labels.map(({ label, color }) => `<tspan fill="${color}">${escaped(label)}</tspan>`);
  return `<text x="12" y="38">${spans.join("  ")}</text>`;
}

/** `449k` for more digits than the margin has room for. */
const level = (value: number) => (value >= 10_000 ? `${digits(value / 1_000)}k` : digits(value));

const shortened = (title: string) =>
  title.length > longestTitle ? `${title.slice(0, longestTitle - 1)}…` : title;

const clock = (from: Date, minute: number) =>
  `${new Date(from.getTime() + minute * 60_000).toISOString().slice(11, 16)} UTC`;
