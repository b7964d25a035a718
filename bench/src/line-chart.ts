import { digits, escaped } from "./text";

/** Points of a line, in the order of x. */
export interface Series {
  readonly label: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

const plot = { left: 70, top: 40, width: 480, height: 260 };
const legendWidth = 290;
const rowHeight = 16;
const colors = ["#1f6feb", "#cf222e", "#1a7f37", "#9a6700", "#8250df", "#bf3989", "#57606a", "#0a3069"];
const rounded = (value: number) => value.toFixed(1);

/**
 * Draws lines over a logarithmic x-axis; both axes start at the bottom left.
 * @returns an SVG, the same bytes for the same series
 */
export function lineChart(title: string, xLabel: string, series: readonly Series[]): string {
  const points = series.flatMap((each) => each.points);
  const xs = [...new Set(points.map(({ x }) => x))].sort((a, b) => a - b);
  const [first = 1, last = 1] = [xs.at(0), xs.at(-1)];
  const largest = Math.max(...points.map(({ y }) => y), 1);
  const span = Math.log10(last / first) || 1;
  const xOf = (x: number) => plot.left + (Math.log10(x / first) / span) * plot.width;
  const yOf = (y: number) => plot.top + plot.height * (1 - y / largest);
  const bottom = plot.top + plot.height;
  const width = plot.left + plot.width + legendWidth;
  const height = Math.max(bottom + 50, plot.top + series.length * rowHeight + 10);
  const lines = series.map(({ label, points: ofLine }, at) => {
    const color = colors[at % colors.length] ?? "#000";
    const dash = at < colors.length ? "" : ' stroke-dasharray="5 3"';
    const path = ofLine.map(({ x, y }) => `${rounded(xOf(x))},${rounded(yOf(y))}`).join(" ");
    const y = plot.top + at * rowHeight + 8;
    const legend = plot.left + plot.width + 20;
    return [
      `<polyline points="${path}" fill="none" stroke="${color}" stroke-width="2"${dash}/>`,
      `<line x1="${legend}" x2="${legend + 24}" y1="${y}" y2="${y}" stroke="${color}" stroke-width="2"${dash}/>`,
      `<text x="${legend + 30}" y="${y + 4}">${escaped(label)}</text>`,
    ].join("\n");
  });
  const ticks = xs.map(
    (x) =>
      `<text x="${rounded(xOf(x))}" y="${bottom + 18}" text-anchor="middle">${x.toLocaleString("en-US")}</text>`,
  );
  const levels = [0, largest / 2, largest].map(
    (y) =>
      `<line x1="${plot.left}" x2="${plot.left + plot.width}" y1="${rounded(yOf(y))}" y2="${rounded(yOf(y))}" stroke="#d0d7de"/>\n` +
      `<text x="${plot.left - 8}" y="${rounded(yOf(y) + 4)}" text-anchor="end">${digits(y)}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
<rect width="${width}" height="${height}" fill="#fff"/>
<text x="8" y="22" font-size="14" font-weight="bold">${escaped(title)}</text>
${[...levels, ...ticks].join("\n")}
<text x="${plot.left + plot.width / 2}" y="${bottom + 38}" text-anchor="middle">${escaped(xLabel)}</text>
${lines.join("\n")}
</svg>
`;
}
