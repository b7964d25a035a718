import { slotsOfAMonth } from "./slots";

test.each([
  ["rate(1 minute)", 730 * 60],
  ["rate(5 minutes)", 730 * 12],
  ["rate(1 day)", 730 / 24],
  ["cron(0 6 * * ? *)", 730 / 24],
  ["cron(0/15 * * * ? *)", 730 * 4],
  ["cron(0,30 8-17 ? * MON-FRI *)", ((730 / 24) * 2 * 10 * 5) / 7],
  ["cron(0 9 ? * MON,THU *)", ((730 / 24) * 2) / 7],
  ["cron(0 9 1 * ? *)", ((730 / 24) * 12) / 365.2425],
  ["cron(0 9 31 FEB,MAR ? *)", 730 / 24 / 365.2425],
  ["cron(0 9 L * ? *)", ((730 / 24) * 12) / 365.2425],
  ["cron(0 9 ? JAN FRI#2 *)", 730 / 24 / 365.2425],
])("%s fires %d times a month", (expression, times) => {
  expect(slotsOfAMonth(expression)).toBeCloseTo(times, 6);
});
