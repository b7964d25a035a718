import fc from "fast-check";
import { arnsOverlap, matches, overlap } from "./glob";

/** All strings of up to six letters a and b, enough for the matches of two patterns of three characters. */
const strings = Array.from({ length: 7 }, (_, length) =>
  Array.from({ length: 2 ** length }, (_, n) =>
    n.toString(2).padStart(length, "0").slice(0, length).replaceAll("0", "a").replaceAll("1", "b"),
  ),
).flat();

const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 3 });

test("two patterns overlap if and only if a string matches both", () => {
  fc.assert(
    fc.property(pattern, pattern, (one, other) => {
      const common = strings.some((string) => matches(one, string) && matches(other, string));
      expect(overlap(one, other)).toBe(common);
    }),
    { numRuns: 500 },
  );
});

test("dots and brackets in a pattern are literal", () => {
  expect(matches("a.b", "a.b")).toBe(true);
  expect(matches("a.b", "axb")).toBe(false);
  expect(matches("[ab]?", "[ab]c")).toBe(true);
});

test("a star matches within its part of an ARN, except in the last part", () => {
  const queue = "arn:aws:sqs:eu-central-1:111111111111:tasks-dev-tasks";
  expect(arnsOverlap("arn:*:sqs:*:*:*", queue)).toBe(true);
  expect(arnsOverlap("arn:*:sns:*:*:*", queue)).toBe(false);
  expect(arnsOverlap("arn:aws:*:tasks-dev-*", queue)).toBe(false);
  expect(arnsOverlap("arn:*:lambda:*:*:layer:*", "arn:aws:lambda:*:*:layer:tasks:*")).toBe(true);
});
