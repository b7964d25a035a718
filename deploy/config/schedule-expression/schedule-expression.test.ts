import * as fc from "fast-check";
import { ScheduleExpressionError } from "./error";
import { parseScheduleExpression } from "./schedule-expression";

const accepted = [
  "rate(1 minute)",
  "rate(2 minutes)",
  "rate(1 hour)",
  "rate(24 hours)",
  "rate(1 day)",
  "rate(365 days)",
  "cron(0 6 * * ? *)",
  "cron(00 06 ? * 1 *)",
  "cron(0/15 * * * ? *)",
  "cron(*/59 */23 */31 */12 ? */10)",
  "cron(0-15/1 8-8 ? * 2,3,4,5,6,7 *)",
  "cron(1-31/30 1-1 ? * 1,7 *)",
  "cron(0,30 8-17 ? * MON-FRI *)",
  "cron(0 9 ? JAN,MAR-MAY,12 SUN,TUE-SAT 2026-2030)",
  "cron(0 0 L * ? *)",
  "cron(0 0 LW * ? *)",
  "cron(0 0 15W * ? *)",
  "cron(0 0 ? * L *)",
  "cron(0 0 ? * 6L *)",
  "cron(0 0 ? * FRIL *)",
  "cron(0 0 ? * 3#2 *)",
  "cron(0 0 ? * MON#5 *)",
  "cron(59 23 31 12 ? 2199)",
  "cron(0 0 29 2 ? *)",
  "cron(0 0 29 FEB ? 2027,2028)",
  "cron(0 0 31 2,3 ? *)",
  "cron(0 0 28,31 2 ? *)",
];

/** Each with the number of the wrong character, from 1. */
const rejected: readonly (readonly [string, number])[] = [
  ["", 1],
  ["every day at six", 1],
  ["rate(5 minutes) ", 1],
  ["Rate(5 minutes)", 1],
  ["at(2026-12-01T00:00:00)", 1],
  ["rate(1 minutes)", 8],
  ["rate(1 hours)", 8],
  ["rate(1 days)", 8],
  ["rate(5 minute)", 8],
  ["rate(10 hour)", 9],
  ["rate(0 minutes)", 6],
  ["rate(-1 minutes)", 6],
  ["rate(01 minute)", 6],
  ["rate(1.5 hours)", 6],
  ["rate(5)", 7],
  ["rate(5 weeks)", 8],
  ["rate(5 minutess)", 8],
  ["rate(5  minutes)", 7],
  ["rate(5 minutes now)", 8],
  ["cron(0 6 * * ?)", 6],
  ["cron(0 6 * * ? * *)", 6],
  ["cron(0  6 * * ? *)", 6],
  ["cron(0 1 * * * *)", 10],
  ["cron(0 1 ? * ? *)", 10],
  ["cron(0 1 1 * MON *)", 10],
  ["cron(99 25 ? * 9 *)", 6],
  ["cron(0 25 ? * 9 *)", 8],
  ["cron(0 24 * * ? *)", 8],
  ["cron(0 5 ? * 9 *)", 14],
  ["cron(0 5 ? * 0 *)", 14],
  ["cron(*/60 * * * ? *)", 8],
  ["cron(0/60 * * * ? *)", 8],
  ["cron(0/0 * * * ? *)", 8],
  ["cron(0 */24 * * ? *)", 10],
  ["cron(0 0 */32 * ? *)", 12],
  ["cron(0 0 * */13 ? *)", 14],
  ["cron(0/5/5 * * * ? *)", 6],
  ["cron(/5 * * * ? *)", 6],
  ["cron(1- * * * ? *)", 8],
  ["cron(1-2-3 * * * ? *)", 6],
  ["cron(30-10 * * * ? *)", 6],
  ["cron(0,*/5 * * * ? *)", 8],
  ["cron(0,,5 * * * ? *)", 8],
  ["cron(? 0 * * ? *)", 6],
  ["cron(0 0 0 * ? *)", 10],
  ["cron(0 0 32W * ? *)", 10],
  ["cron(0 0 31 2 ? *)", 10],
  ["cron(0 0 30,31 FEB ? *)", 10],
  ["cron(0 0 31 4,6,9,11 ? *)", 10],
  ["cron(0 0 29 2 ? 2027)", 10],
  ["cron(0 0 29 2 ? 2100)", 10],
  ["cron(0 0 30W 2 ? *)", 10],
  ["cron(0 0 1,15W * ? *)", 12],
  ["cron(0 0 W * ? *)", 10],
  ["cron(0 0 * jan ? *)", 12],
  ["cron(0 0 * JANUARY ? *)", 12],
  ["cron(0 0 * 13 ? *)", 12],
  ["cron(0 0 * ? ? *)", 12],
  ["cron(0 0 ? * mon *)", 14],
  ["cron(0 0 ? * MON/2 *)", 17],
  ["cron(0 0 ? * 3#1,6#3 *)", 14],
  ["cron(0 0 ? * 3#6 *)", 14],
  ["cron(0 0 ? * -1 *)", 14],
  ["cron(0 0 * * ? 1969)", 16],
  ["cron(0 0 * * ? 2200)", 16],
  ["cron(0, 6, ?, *, MON-FRI, *)", 8],
];

test.each(accepted)("%s is accepted", (expression) => {
  expect(parseScheduleExpression(expression)).toBeDefined();
});

const rejectionOf = (expression: string) => {
  try {
    parseScheduleExpression(expression);
  } catch (error) {
    if (error instanceof ScheduleExpressionError) return error;
    throw error;
  }
  throw new Error(`${expression} was accepted`);
};

test.each(rejected)("%j is rejected at character %d", (expression, character) => {
  expect(rejectionOf(expression).index + 1).toBe(character);
});

test("values, names, ranges and increments are parsed to numbers", () => {
  const parsed = parseScheduleExpression("cron(50/5 1,3-5 ? JAN,NOV-12 MON-FRI 2026)");
  expect(parsed).toMatchObject({
    fields: {
      minutes: { values: [50, 55] },
      hours: { values: [1, 3, 4, 5] },
      daysOfMonth: { kind: "any" },
      months: { values: [1, 11, 12] },
      daysOfWeek: { values: [2, 3, 4, 5, 6] },
      years: { values: [2026] },
    },
  });
  expect(parseScheduleExpression("cron(0 0 ? * MON#1 *)")).toMatchObject({
    fields: { daysOfWeek: { kind: "nthOfWeekday", weekday: 2, nth: 1 } },
  });
  expect(parseScheduleExpression("rate(2 hours)")).toEqual({ kind: "rate", minutes: 120 });
});

/** The ranges of the fields in AWS's table, and whether they have increments. */
const ranges = [
  [0, 59, 59],
  [0, 23, 23],
  [1, 31, 31],
  [1, 12, 12],
  [1, 7, 0],
  [1970, 2199, 229],
] as const;

/** A field as its grammar allows it. */
const field = ([minimum, maximum, largest]: readonly [number, number, number]) => {
  const value = fc.integer({ min: minimum, max: maximum });
  const range = fc.tuple(value, value).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
  const base = fc.oneof(value.map(String), range);
  const stepped =
    largest === 0
      ? base
      : fc
          .tuple(base, fc.option(fc.integer({ min: 1, max: largest })))
          .map(([from, step]) => (step === null ? from : `${from}/${step}`));
  return fc.oneof(
    fc.constant("*"),
    fc.array(stepped, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(",")),
  );
};
/** The days that every month has. */
const everyMonth = [1, 28, 31] as const;
const fields = fc
  .tuple(fc.tuple(...ranges.map((range, at) => field(at === 2 ? everyMonth : range))), fc.constantFrom(2, 4))
  .map(([all, any]) => all.map((text, index) => (index === any ? "?" : text)));

test("any expression of the grammar is accepted", () => {
  fc.assert(
    fc.property(fields, (texts) => {
      expect(parseScheduleExpression(`cron(${texts.join(" ")})`)).toMatchObject({ kind: "cron" });
    }),
  );
});

test("a value out of its field's range is rejected at its position", () => {
  const outOfRange = fc.integer({ min: 0, max: ranges.length - 1 }).chain((index) => {
    const [minimum, maximum] = ranges[index] ?? [0, 0];
    return fc
      .oneof(fc.integer({ min: maximum + 1, max: 99_999 }), fc.integer({ min: -5, max: minimum - 1 }))
      .map((value) => ({ index, value }));
  });
  fc.assert(
    fc.property(fields, outOfRange, (texts, { index, value }) => {
      const broken = texts.map((text, at) => (at === index ? String(value) : text));
      const expected = "cron(".length + broken.slice(0, index).join(" ").length + Math.min(index, 1);
      expect(rejectionOf(`cron(${broken.join(" ")})`).index).toBe(expected);
    }),
  );
});

test("any other string is rejected at a position inside of it", () => {
  const noise = fc
    .array(fc.constantFrom(..."0159*?/-,#LW MONrate cron()".split("")), { maxLength: 30 })
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(
      fc.oneof(
        noise,
        fc.string(),
        noise.map((text) => `cron(${text})`),
      ),
      (text) => {
        try {
          parseScheduleExpression(text);
        } catch (error) {
          if (!(error instanceof ScheduleExpressionError)) throw error;
          expect(error.index).toBeLessThanOrEqual(text.length);
        }
      },
    ),
  );
});
