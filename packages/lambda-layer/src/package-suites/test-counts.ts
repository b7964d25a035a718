import { stripVTControlCharacters } from "node:util";

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
}

/** Summaries of mocha; node:test and tape; jest; vitest. */
const reports: readonly Readonly<Record<keyof TestCounts, RegExp>>[] = [
  { passed: /^ +(\d+) passing\b/gm, failed: /^ +(\d+) failing\b/gm },
  { passed: /^[#ℹ] pass +(\d+)/gm, failed: /^[#ℹ] fail +(\d+)/gm },
  { passed: /^Tests: .*\b(\d+) passed/gm, failed: /^Tests: .*\b(\d+) failed/gm },
  { passed: /^ *Tests  .*\b(\d+) passed/gm, failed: /^ *Tests  .*\b(\d+) failed/gm },
];

/**
 * The numbers of passed and failed tests in a runner's output, summed over all runs.
 * @returns undefined when the output has no known summary
 */
export function testCounts(output: string): TestCounts | undefined {
  const text = stripVTControlCharacters(output);
  const sum = (pattern: RegExp) =>
    [...text.matchAll(pattern)].reduce((total, [, count]) => total + Number(count), 0);
  const counts = reports.map(({ passed, failed }) => ({ passed: sum(passed), failed: sum(failed) }));
  return counts.find(({ passed, failed }) => passed + failed > 0);
}
