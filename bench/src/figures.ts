import type { Figure } from "./results";
import { summarize } from "./statistics";

/** A number computed from each sample: a column of the table. */
export interface Measure<Sample> {
  readonly name: string;
  readonly unit: Figure["unit"];
  readonly of: (sample: Sample) => number;
}

/** A figure of one sample. */
export const figureOf = (subject: string, measure: string, unit: Figure["unit"], value: number): Figure => ({
  subject,
  measure,
  unit,
  ...summarize([value]),
});

/** A figure of each measure, from the samples of one subject. */
export const figuresOf = <Sample>(
  subject: string,
  samples: readonly Sample[],
  measures: readonly Measure<Sample>[],
): Figure[] =>
  measures.map(({ name, unit, of }) => ({ subject, measure: name, unit, ...summarize(samples.map(of)) }));
