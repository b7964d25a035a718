import type { Damage, FaultKind } from "./fault-kind";

/** What came of a kind of fault, with its protection, and without it when that was tried. */
export interface Finding {
  readonly kind: FaultKind;
  readonly damage: Damage;
  readonly control?: Damage | undefined;
}

const columns = ["kind", "fault", "injected", "lost", "duplicated", "negative control"] as const;

/** The findings as a table for people. */
export function tableOf(findings: readonly Finding[]): string {
  const rows = findings.map(({ kind, damage, control }) => [
    kind.id,
    kind.what,
    String(damage.injected),
    String(damage.lost),
    String(damage.duplicated),
    control === undefined ? "not run" : `${kind.protection.what}: ${inWords(control)}`,
  ]);
  const widths = columns.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) => cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  ");
  const sum = (of: "injected" | "lost" | "duplicated") =>
    findings.reduce((total, { damage }) => total + damage[of], 0);
  return [
    line(columns),
    ...rows.map(line),
    `${sum("injected")} faults, ${sum("lost")} lost, ${sum("duplicated")} duplicated`,
    ...findings.flatMap(({ kind, damage }) => damage.broken.map((text) => `${kind.id}: ${text}`)),
  ].join("\n");
}

const inWords = ({ lost, duplicated, broken }: Damage): string =>
  [lost > 0 && `${lost} lost`, duplicated > 0 && `${duplicated} duplicated`, ...broken]
    .filter(Boolean)
    .join(", ") || "no damage";
