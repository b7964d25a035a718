import type { FaultKind } from "./fault-kind";
import type { FaultOutcome } from "./fault-outcome";

/** What came of a kind of fault, with its protection, and without it when that was tried. */
export interface Finding {
  readonly kind: FaultKind;
  readonly outcome: FaultOutcome;
  readonly control?: FaultOutcome | undefined;
}

const columns = ["kind", "fault", "injected", "lost", "duplicated", "negative control"] as const;

/** The findings as a table for people. */
export function tableOf(findings: readonly Finding[]): string {
  const rows = findings.map(({ kind, outcome, control }) => [
    kind.id,
    kind.what,
    String(outcome.injected),
    String(outcome.lost),
    String(outcome.duplicated),
    control === undefined ? "not run" : `${kind.protection.what}: ${inWords(control)}`,
  ]);
  const widths = columns.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) => cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  ");
  const sum = (of: "injected" | "lost" | "duplicated") =>
    findings.reduce((total, { outcome }) => total + outcome[of], 0);
  return [
    line(columns),
    ...rows.map(line),
    `${sum("injected")} faults, ${sum("lost")} lost, ${sum("duplicated")} duplicated`,
    ...findings.flatMap(({ kind, outcome }) => outcome.broken.map((text) => `${kind.id}: ${text}`)),
  ].join("\n");
}

const inWords = ({ lost, duplicated, broken }: FaultOutcome): string =>
  [lost > 0 && `${lost} lost`, duplicated > 0 && `${duplicated} duplicated`, ...broken]
    .filter(Boolean)
    .join(", ") || "no damage";
