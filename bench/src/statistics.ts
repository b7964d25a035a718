/** The smaller half of the samples: other load of the machine can only add to a time. */
export const fasterHalf = (samples: readonly number[]): number[] => fasterHalfBy(samples, (sample) => sample);

/** The half of the samples with the smaller numbers. */
export function fasterHalfBy<Sample>(
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
  if (below === undefined || above === undefined) throw new Error("Expected samples, found no samples");
  return below + (above - below) * (at - Math.floor(at));
}

/** A figure and the spread of its samples. */
export interface Summary {
  /** Median of the faster half. */
  readonly median: number;
  readonly p10: number;
  readonly p90: number;
  readonly samples: number;
}

export const summarize = (samples: readonly number[]): Summary => ({
  median: quantile(fasterHalf(samples), 0.5),
  p10: quantile(samples, 0.1),
  p90: quantile(samples, 0.9),
  samples: samples.length,
});

/**
 * The ratio of two series.
 * @param numerator samples, one for each round
 * @param denominator samples of the same rounds, which have about the same noise
 * @returns the ratio of the medians of the faster halves, with the spread of the ratios of the rounds
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
