import type { AwsStub } from "../../packages/aws-stub/src/aws-stub";
import type { Figure, Comparison } from "./results";
import type { RoundsOptions } from "./rounds";

/** What every part of the benchmark is given. */
export interface BenchContext {
  readonly quick: boolean;
  /** Rounds, where not as many are wanted as each part takes by itself. */
  readonly runs?: number;
  /** A folder for this run alone, removed at its end. */
  readonly folder: string;
  /** SQS and DynamoDB for all that is measured. */
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

/** @param rounds of a whole run; a quick one has as few as tell whether it works */
export const roundsOf = ({ quick, runs, random, report }: BenchContext, rounds: number): RoundsOptions => ({
  rounds: runs ?? (quick ? 3 : rounds),
  random,
  report,
});
