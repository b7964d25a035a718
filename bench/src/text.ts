import type { Comparison, Figure } from "./results";

/** Three significant digits. */
export const digits = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

/** As the text of an SVG element. */
export const escaped = (text: string) =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/** `16.6 (15.9–18.2)` */
export const withSpread = ({ median, p10, p90, samples }: Omit<Figure, "subject" | "measure" | "unit">) =>
  samples === 1 ? digits(median) : `${digits(median)} (${digits(p10)}–${digits(p90)})`;

/** Whether a ratio meets its target, and by what factor it misses it. */
export function verdict({ target, median }: Comparison): string {
  if (target === undefined) return "no target";
  return median <= target
    ? `met (≤ ${target})`
    : `missed: ${digits(median / target)} × the target of ${target}`;
}
