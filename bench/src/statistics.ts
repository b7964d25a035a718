/** Half of the samples, the smaller ones: what else the machine does only ever adds to a time. */
export const quietHalf = (samples: readonly number[]): number[] => quietHalfBy(samples, (sample) => sample);

/** The same of samples that are more than a number, by one of them. */
export function quietHalfBy<Sample>(
  samples: readonly Sample[],
  number: (sample: Sample) => number,
): Sample[] {
  const sorted = [...samples].sort((a, b) => number(a) - number(b));
  return sorted.slice(0, Math.ceil(sorted.length / 2));
}

/**
 * The value below which a share of the samples lies, interpolated between two of them.
 * @param share 0 to 1
 */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)];
  const above = sorted[Math.ceil(at)];
  if (below === undefined || above === undefined) throw new Error("There are no samples");
  return below + (above - below) * (at - Math.floor(at));
}

/** A figure and how far its samples lie apart. */
export interface Summary {
  /** Median of the quiet half. */
  readonly median: number;
  readonly p10: number;
  readonly p90: number;
  readonly samples: number;
}

export const summarize = (samples: readonly number[]): Summary => ({
  median: quantile(quietHalf(samples), 0.5),
  p10: quantile(samples, 0.1),
  p90: quantile(samples, 0.9),
  samples: samples.length,
});

/**
 * One series against another.
 * @param numerator its samples, one for each round
 * @param denominator those of the same rounds, whose noise is about the same
 * @returns the quotient of the quiet medians; its spread is that of the rounds' own quotients
 */
export function ratio(numerator: readonly number[], denominator: readonly number[]): Summary {
  const rounds = numerator.map((value, round) => {
    const other = denominator[round];
    if (other === undefined || denominator.length !== numerator.length)
      throw new Error(`${numerator.length} rounds cannot be compared with ${denominator.length}`);
    return value / other;
  });
  return {
    ...summarize(rounds),
    median: summarize(numerator).median / summarize(denominator).median,
  };
}
