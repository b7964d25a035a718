import { slotTimes } from "./slot-times";

const from = new Date("2026-11-30T07:30:10Z");
const next = (expression: string, count = 3) =>
  slotTimes(expression, { from, count }).map((slot) => slot.toISOString().slice(0, 16));

test.each([
  ["cron(0 6 * * ? *)", ["2026-12-01T06:00", "2026-12-02T06:00", "2026-12-03T06:00"]],
  ["cron(0/15 7 * * ? *)", ["2026-11-30T07:45", "2026-12-01T07:00", "2026-12-01T07:15"]],
  ["cron(0 12 ? * MON-FRI *)", ["2026-11-30T12:00", "2026-12-01T12:00", "2026-12-02T12:00"]],
  ["cron(0 0 L * ? *)", ["2026-12-31T00:00", "2027-01-31T00:00", "2027-02-28T00:00"]],
  ["cron(0 0 29 2 ? *)", ["2028-02-29T00:00", "2032-02-29T00:00"]],
  ["cron(0 0 LW * ? *)", ["2026-12-31T00:00", "2027-01-29T00:00", "2027-02-26T00:00"]],
  ["cron(0 0 1W * ? *)", ["2026-12-01T00:00", "2027-01-01T00:00", "2027-02-01T00:00"]],
  ["cron(0 0 ? * FRIL *)", ["2026-12-25T00:00", "2027-01-29T00:00", "2027-02-26T00:00"]],
  ["cron(0 0 ? * MON#1 *)", ["2026-12-07T00:00", "2027-01-04T00:00", "2027-02-01T00:00"]],
  ["cron(0 0 1 1 ? 2027)", ["2027-01-01T00:00"]],
  ["rate(5 minutes)", []],
])("the next slots of %s", (expression, expected) => {
  const slots = next(expression);
  expect(slots.slice(0, expected.length)).toEqual(expected);
  if (expected.length < 2) expect(slots).toEqual(expected);
});

test("the slots of a rate follow from one of them, in both directions", () => {
  const anchor = new Date("2026-11-30T07:27:00Z");
  const slots = (backwards: boolean) =>
    slotTimes("rate(5 minutes)", { from, count: 2, anchor, backwards }).map((slot) =>
      slot.toISOString().slice(11, 16),
    );
  expect(slots(false)).toEqual(["07:32", "07:37"]);
  expect(slots(true)).toEqual(["07:27", "07:22"]);
});

test("the last slots before a time, the newest first", () => {
  const slots = slotTimes("cron(0,30 7 * * ? *)", { from, count: 3, backwards: true });
  expect(slots.map((slot) => slot.toISOString().slice(0, 16))).toEqual([
    "2026-11-30T07:30",
    "2026-11-30T07:00",
    "2026-11-29T07:30",
  ]);
});
