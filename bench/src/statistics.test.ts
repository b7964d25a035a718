import { quantile, quietHalf, ratio, summarize } from "./statistics";

test("the quiet half are the smaller samples, the one in the middle with them", () => {
  expect(quietHalf([9, 1, 5, 3])).toEqual([1, 3]);
  expect(quietHalf([9, 1, 5])).toEqual([1, 5]);
  expect(quietHalf([7])).toEqual([7]);
});

test("numbers are compared as numbers", () => {
  expect(quietHalf([100, 9, 20, 8])).toEqual([8, 9]);
});

test.each([
  [0, 1],
  [0.5, 2.5],
  [0.1, 1.3],
  [1, 4],
])("the quantile %p lies between two samples", (share, expected) => {
  expect(quantile([4, 2, 1, 3], share)).toBeCloseTo(expected);
});

test("there is no quantile of nothing", () => {
  expect(() => quantile([], 0.5)).toThrow("no samples");
});

test("noise that doubles every other sample does not move the median, but shows in the spread", () => {
  const quiet = summarize(Array.from({ length: 20 }, () => 10));
  const noisy = summarize(Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? 10 : 20)));
  expect(noisy.median).toBe(quiet.median);
  expect(quiet.p90).toBe(10);
  expect(noisy.p90).toBe(20);
});

test("a ratio is that of the quiet medians, its spread that of the rounds", () => {
  // The machine was slow in the second round, and in half of the third.
  expect(ratio([10, 20, 10, 10], [20, 40, 40, 20])).toMatchObject({
    median: 0.5,
    p90: 0.5,
    samples: 4,
  });
  expect(ratio([10, 20, 10, 10], [20, 40, 40, 20]).p10).toBeCloseTo(0.325);
});

test("rounds that are missing on one side are an error", () => {
  expect(() => ratio([1, 2], [1])).toThrow("2 rounds cannot be compared with 1");
  expect(() => ratio([1], [1, 2])).toThrow("1 rounds cannot be compared with 2");
});
