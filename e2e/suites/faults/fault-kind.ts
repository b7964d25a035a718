import type { Campaign } from "./campaign";
import type { Mutation } from "./mutation";

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

/** One thing that goes wrong in the world, and what must hold all the same. */
export interface FaultKind {
  /** `F4` */
  readonly id: string;
  readonly what: string;
  /** How many faults: in the full campaign, in the small one of `npm test`, and with the protection off. */
  readonly sizes: { readonly full: number; readonly small: number; readonly control: number };
  /** Disturbs all other kinds, and so runs by itself. */
  readonly alone?: true;
  /** The protection without which this fault loses or duplicates tasks. */
  readonly protection: Mutation;
  readonly run: (campaign: Campaign, faults: number) => Promise<FaultOutcome>;
}
