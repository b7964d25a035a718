/** Effects of the faults of one kind. */
export interface FaultOutcome {
  readonly injected: number;
  /** Created tasks that neither succeeded nor, where that is allowed, failed with a dead letter. */
  readonly lost: number;
  /** Effects beyond the first of a task. */
  readonly duplicated: number;
  /** Other guarantees that were violated, as sentences. */
  readonly violations: readonly string[];
}

export const violatesGuarantees = ({ lost, duplicated, violations }: FaultOutcome): boolean =>
  lost > 0 || duplicated > 0 || violations.length > 0;
