import type { Figure } from "./results";
import { digits, escaped } from "./text";

export interface Bar extends Pick<Figure, "median" | "p10" | "p90"> {
  readonly label: string;
  /** Drawn in another colour. */
  readonly isOurs: boolean;
}

const rowHeight = 22;
const barHeight = 14;
const labelWidth = 270;
const plotWidth = 520;
const valueWidth = 70;
const top = 40;
const width = labelWidth + plotWidth + valueWidth;

const rounded = (value: number) => value.toFixed(1);

/**
 * Draws horizontal bars, the shortest first, each with a line from p10 to p90.
 * @returns an SVG, the same bytes for the same figures
 */
export function barChart(title: string, unit: string, bars: readonly Bar[]): string {
  const sorted = [...bars].sort((a, b) => a.median - b.median || (a.label < b.label ? -1 : 1));
  const largest = Math.max(...sorted.map(({ median, p90 }) => Math.max(median, p90)));
  const scale = plotWidth / largest;
  const rows = sorted.map((bar, at) => row(bar, top + at * rowHeight, scale));
  const height = top + sorted.length * rowHeight + 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
<rect width="${width}" height="${height}" fill="#fff"/>
<text x="8" y="22" font-size="14" font-weight="bold">${escaped(title)}, ${escaped(unit)}</text>
${rows.join("\n")}
</svg>
`;
}

function row({ label, median, p10, p90, isOurs }: Bar, y: number, scale: number): string {
  const middle = y + barHeight / 2;
  const end = labelWidth + Math.max(median, p90) * scale;
  return [
    `<text x="${labelWidth - 8}" y="${middle + 4}" text-anchor="end"${isOurs ? ' font-weight="bold"' : ""}>${escaped(label)}</text>`,
    `<rect x="${labelWidth}" y="${y}" width="${rounded(median * scale)}" height="${barHeight}" fill="${isOurs ? "#1f6feb" : "#b8c4d4"}"/>`,
    `<line x1="${rounded(labelWidth + p10 * scale)}" x2="${rounded(labelWidth + p90 * scale)}" y1="${middle}" y2="${middle}" stroke="#444"/>`,
    `<text x="${rounded(end + 6)}" y="${middle + 4}">${digits(median)}</text>`,
  ].join("\n");
}
