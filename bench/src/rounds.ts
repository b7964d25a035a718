import { shuffled } from "./random";

export interface RoundsOptions {
  readonly rounds: number;
  readonly random: () => number;
  readonly report: (line: string) => void;
}

/**
 * Takes a sample of each case in each round, in random order, so that other load of the machine affects all cases.
 * @returns the samples of each case, one for each round
 */
export async function interleaved<Case, Sample>(
  cases: readonly Case[],
  sample: (of: Case) => Promise<Sample>,
  { rounds, random, report }: RoundsOptions,
): Promise<Map<Case, Sample[]>> {
  const samples = new Map<Case, Sample[]>(cases.map((of) => [of, []]));
  const started = performance.now();
  for (let round = 1; round <= rounds; round++) {
    for (const of of shuffled(cases, random)) samples.get(of)?.push(await sample(of));
    const left = ((performance.now() - started) / round) * (rounds - round);
    report(`round ${round}/${rounds}, ${Math.round(left / 1000)} s left`);
  }
  return samples;
}
