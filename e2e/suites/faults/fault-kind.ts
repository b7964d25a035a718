import type { Campaign } from "./campaign";
import type { FaultOutcome } from "./fault-outcome";
import type { Mutation } from "./mutations/mutation";

/** A kind of fault, under which no task may be lost or take effect twice. */
export interface FaultKind {
  /** `F4` */
  readonly id: string;
  readonly description: string;
  /** Number of faults in the full campaign, in the small one of `npm test`, and without the protection. */
  readonly sizes: { readonly full: number; readonly small: number; readonly control: number };
  /** The example whose tasks it creates; without it, the kind is not run. */
  readonly taskType?: string;
  /** Cannot run at the same time as other kinds. */
  readonly exclusive?: true;
  /** Removes the protection without which this fault violates a guarantee. */
  readonly protection: Mutation;
  readonly run: (campaign: Campaign, faults: number) => Promise<FaultOutcome>;
}
