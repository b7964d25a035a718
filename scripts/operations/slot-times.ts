import type { CronField } from "../../deploy/config/schedule-expression/cron-field";
import {
  parseScheduleExpression,
  type ScheduleExpression,
} from "../../deploy/config/schedule-expression/schedule-expression";

type CronFields = Extract<ScheduleExpression, { kind: "cron" }>["fields"];

const minuteMilliseconds = 60_000;
const dayMilliseconds = 24 * 60 * minuteMilliseconds;
/** Days without a slot after which an expression has no other: a leap day is at most eight years away. */
const mostDays = 8 * 366;

/**
 * The next slots of an EventBridge expression after a time, or the last ones before it, in UTC.
 * @param anchor a slot of a rate: it has no others of its own, since its first one is when its rule was created
 * @returns fewer when the expression ends, or a rate has no anchor
 */
export function slotTimes(
  expression: string,
  { from, count, anchor, backwards = false }: SlotOptions,
): Date[] {
  const parsed = parseScheduleExpression(expression);
  if (parsed.kind === "rate") return rateSlots(parsed.minutes, { from, count, anchor, backwards });
  const found: Date[] = [];
  for (let day = startOfDay(from), days = 0; days < mostDays && found.length < count; days++) {
    const slots = slotsOfDay(parsed.fields, day).filter((slot) => (backwards ? slot < from : slot > from));
    found.push(...(backwards ? slots.reverse() : slots));
    day = new Date(day.getTime() + (backwards ? -1 : 1) * dayMilliseconds);
  }
  return found.slice(0, count);
}

export interface SlotOptions {
  readonly from: Date;
  readonly count: number;
  readonly anchor?: Date | undefined;
  readonly backwards?: boolean;
}

function rateSlots(minutes: number, { from, count, anchor, backwards }: SlotOptions): Date[] {
  if (anchor === undefined) return [];
  const step = minutes * minuteMilliseconds;
  const elapsed = Math.floor((from.getTime() - anchor.getTime()) / step);
  const first = anchor.getTime() + elapsed * step;
  return Array.from({ length: count }, (_, at) =>
    backwards ? new Date(first - at * step) : new Date(first + (at + 1) * step),
  ).filter((slot) => (backwards ? slot < from : slot > from));
}

const startOfDay = (time: Date) =>
  new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate()));

const has = (field: CronField, value: number) => field.kind === "values" && field.values.includes(value);
const valuesOf = (field: CronField) => (field.kind === "values" ? field.values : []);

function slotsOfDay(fields: CronFields, day: Date): Date[] {
  if (!has(fields.years, day.getUTCFullYear()) || !has(fields.months, day.getUTCMonth() + 1)) return [];
  if (!isDay(fields, day)) return [];
  return valuesOf(fields.hours).flatMap((hour) =>
    valuesOf(fields.minutes).map(
      (minute) => new Date(day.getTime() + (hour * 60 + minute) * minuteMilliseconds),
    ),
  );
}

/** Whether the two day fields select the day; one of them is `?`. */
function isDay({ daysOfMonth, daysOfWeek }: CronFields, day: Date): boolean {
  const date = day.getUTCDate();
  const weekday = day.getUTCDay() + 1;
  const last = daysInMonth(day);
  switch (daysOfMonth.kind) {
    case "values":
      return daysOfMonth.values.includes(date);
    case "lastDay":
      return date === last;
    case "nearestWeekday":
      return date === nearestWeekday(day, daysOfMonth.day === "last" ? last : daysOfMonth.day);
    default:
      break;
  }
  switch (daysOfWeek.kind) {
    case "values":
      return daysOfWeek.values.includes(weekday);
    case "lastOfWeekday":
      return weekday === daysOfWeek.weekday && date + 7 > last;
    case "nthOfWeekday":
      return weekday === daysOfWeek.weekday && Math.ceil(date / 7) === daysOfWeek.nth;
    default:
      return false;
  }
}

const daysInMonth = (day: Date) =>
  new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate();

/** The weekday nearest to a date, within its month. */
function nearestWeekday(day: Date, date: number): number {
  const last = daysInMonth(day);
  if (date > last) return -1;
  const weekday = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), date)).getUTCDay();
  if (weekday === 6) return date === 1 ? 3 : date - 1;
  if (weekday === 0) return date === last ? date - 2 : date + 1;
  return date;
}
