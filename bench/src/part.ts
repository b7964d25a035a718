import type { AwsStub } from "../../packages/aws-stub/src/aws-stub";
import type { Figure, Comparison } from "./results";
import type { RoundsOptions } from "./rounds";

/** The context of a run, for all parts. */
export interface BenchContext {
  readonly quick: boolean;
  /** Number of rounds instead of the default of a part. */
  readonly runs?: number;
  /** A temporary folder of this run. */
  readonly folder: string;
  /** Stub of SQS and DynamoDB for all measured functions. */
  readonly stub: AwsStub;
  readonly random: () => number;
  readonly report: (line: string) => void;
}

export interface Measured {
  readonly figures: readonly Figure[];
  readonly comparisons: readonly Comparison[];
}

/** A part of the benchmark. */
export type Part = (context: BenchContext) => Promise<Measured>;

/** @param rounds of a full run; a quick run has three, to show that the part works */
export const roundsOf = ({ quick, runs, random, report }: BenchContext, rounds: number): RoundsOptions => ({
  rounds: runs ?? (quick ? 3 : rounds),
  random,
  report,
});
