import type { CronField } from "../../../deploy/config/schedule-expression/cron-field";
import {
  parseScheduleExpression,
  type ScheduleExpression,
} from "../../../deploy/config/schedule-expression/schedule-expression";
import { hoursOfAMonth } from "./units";

/** By month; 28.2425 days of February are the mean of 400 years. */
const daysOfMonths = [31, 28.2425, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const daysOfAYear = daysOfMonths.reduce((sum, days) => sum + days, 0);

type CronFields = Extract<ScheduleExpression, { kind: "cron" }>["fields"];

/**
 * How often an EventBridge expression fires in a month of 730 hours: `rate(5 minutes)`, `cron(0 6 * * ? *)`. Years are
 * not counted.
 * @throws {ScheduleExpressionError}
 */
export function slotsOfAMonth(expression: string): number {
  const parsed = parseScheduleExpression(expression);
  if (parsed.kind === "rate") return (hoursOfAMonth * 60) / parsed.minutes;
  const { minutes, hours } = parsed.fields;
  const timesADay = valuesOf(minutes).length * valuesOf(hours).length;
  return (hoursOfAMonth / 24) * timesADay * (daysWithSlots(parsed.fields) / daysOfAYear);
}

const valuesOf = (field: CronField) => (field.kind === "values" ? field.values : []);

/** Days of a mean year. */
function daysWithSlots({ daysOfMonth, months, daysOfWeek }: CronFields): number {
  const lengths = valuesOf(months).map((month) => daysOfMonths[month - 1] ?? 0);
  const perMonth = (days: number): number =>
    daysOfWeek.kind === "values" ? (days * daysOfWeek.values.length) / 7 : 1;
  if (daysOfMonth.kind === "any") return lengths.reduce((sum, days) => sum + perMonth(days), 0);
  // One day a month, unless days are listed. The 29th of February counts by its share.
  return lengths.reduce(
    (sum, length) =>
      sum +
      (daysOfMonth.kind === "values"
        ? daysOfMonth.values.reduce((days, day) => days + Math.min(1, Math.max(0, length - day + 1)), 0)
        : 1),
    0,
  );
}
