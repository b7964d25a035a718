import { textTable } from "../../../packages/command-line/src/table";
import type { FaultKind } from "./fault-kind";
import type { FaultOutcome } from "./fault-outcome";

/** The outcome of a kind of fault with its protection, and without it if that was tested. */
export interface Finding {
  readonly kind: FaultKind;
  readonly outcome: FaultOutcome;
  readonly control?: FaultOutcome | undefined;
}

const columns = ["kind", "fault", "injected", "lost", "duplicated", "negative control"];

/** Findings as a table for the terminal. */
export function tableOf(findings: readonly Finding[]): string {
  const rows = findings.map(({ kind, outcome, control }) => [
    kind.id,
    kind.description,
    String(outcome.injected),
    String(outcome.lost),
    String(outcome.duplicated),
    control === undefined ? "not run" : `${kind.protection.description}: ${summaryOf(control)}`,
  ]);
  const sum = (of: "injected" | "lost" | "duplicated") =>
    findings.reduce((total, { outcome }) => total + outcome[of], 0);
  return [
    textTable([columns, ...rows]),
    `${sum("injected")} faults, ${sum("lost")} lost, ${sum("duplicated")} duplicated`,
    ...findings.flatMap(({ kind, outcome }) =>
      outcome.violations.map((violation) => `${kind.id}: ${violation}`),
    ),
  ].join("\n");
}

const summaryOf = ({ lost, duplicated, violations }: FaultOutcome): string =>
  [lost > 0 && `${lost} lost`, duplicated > 0 && `${duplicated} duplicated`, ...violations]
    .filter(Boolean)
    .join(", ") || "no violation";
