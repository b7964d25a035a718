/** What a kind of fault did. */
export interface FaultOutcome {
  readonly injected: number;
  /** Accepted tasks that came to no end, or to none that their dead letter explains. */
  readonly lost: number;
  /** Effects beyond the first of a task. */
  readonly duplicated: number;
  /** What else was not as promised, in words. */
  readonly broken: readonly string[];
}
