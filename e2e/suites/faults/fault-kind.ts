import type { Campaign } from "./campaign";
import type { FaultOutcome } from "./fault-outcome";
import type { Mutation } from "./mutations/mutation";

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
