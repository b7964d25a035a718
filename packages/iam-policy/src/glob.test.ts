import fc from "fast-check";
import { arnsOverlap, matches, overlap } from "./glob";

/** Every text of up to six letters of two, which is enough for what two patterns of three can have in common. */
const texts = Array.from({ length: 7 }, (_, length) =>
  Array.from({ length: 2 ** length }, (_, n) =>
    n.toString(2).padStart(length, "0").slice(0, length).replaceAll("0", "a").replaceAll("1", "b"),
  ),
).flat();

const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*"), maxLength: 3 });

test("two patterns overlap exactly when some text matches both", () => {
  fc.assert(
    fc.property(pattern, pattern, (one, other) => {
      const common = texts.some((text) => matches(one, text) && matches(other, text));
      expect(overlap(one, other)).toBe(common);
    }),
    { numRuns: 500 },
  );
});

test("what a pattern says of its dots and brackets is meant literally", () => {
  expect(matches("a.b", "a.b")).toBe(true);
  expect(matches("a.b", "axb")).toBe(false);
  expect(matches("[ab]?", "[ab]c")).toBe(true);
});

test("a star stays in its part of an ARN, but for the last", () => {
  const queue = "arn:aws:sqs:eu-central-1:111111111111:tasks-dev-tasks";
  expect(arnsOverlap("arn:*:sqs:*:*:*", queue)).toBe(true);
  expect(arnsOverlap("arn:*:sns:*:*:*", queue)).toBe(false);
  expect(arnsOverlap("arn:aws:*:tasks-dev-*", queue)).toBe(false);
  expect(arnsOverlap("arn:*:lambda:*:*:layer:*", "arn:aws:lambda:*:*:layer:tasks:*")).toBe(true);
});
