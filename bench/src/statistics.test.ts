import { quantile, fasterHalf, ratio, summarize } from "./statistics";

test("the faster half has the smaller samples, including the middle one", () => {
  expect(fasterHalf([9, 1, 5, 3])).toEqual([1, 3]);
  expect(fasterHalf([9, 1, 5])).toEqual([1, 5]);
  expect(fasterHalf([7])).toEqual([7]);
});

test("samples are sorted as numbers", () => {
  expect(fasterHalf([100, 9, 20, 8])).toEqual([8, 9]);
});

test.each([
  [0, 1],
  [0.5, 2.5],
  [0.1, 1.3],
  [1, 4],
])("the quantile %p lies between two samples", (share, expected) => {
  expect(quantile([4, 2, 1, 3], share)).toBeCloseTo(expected);
});

test("a quantile of no samples is an error", () => {
  expect(() => quantile([], 0.5)).toThrow("no samples");
});

test("noise in every other sample changes the spread and not the median", () => {
  const steady = summarize(Array.from({ length: 20 }, () => 10));
  const noisy = summarize(Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? 10 : 20)));
  expect(noisy.median).toBe(steady.median);
  expect(steady.p90).toBe(10);
  expect(noisy.p90).toBe(20);
});

test("a ratio is that of the medians of the faster halves, and its spread is that of the rounds", () => {
  // The machine was slow in the second round, and in half of the third.
  expect(ratio([10, 20, 10, 10], [20, 40, 40, 20])).toMatchObject({
    median: 0.5,
    p90: 0.5,
    samples: 4,
  });
  expect(ratio([10, 20, 10, 10], [20, 40, 40, 20]).p10).toBeCloseTo(0.325);
});

test("different numbers of rounds are an error", () => {
  expect(() => ratio([1, 2], [1])).toThrow("2 rounds cannot be compared with 1");
  expect(() => ratio([1], [1, 2])).toThrow("1 rounds cannot be compared with 2");
});
