import { parseCronField, type CronField, type FieldRules } from "./cron-field";
import { ScheduleExpressionError } from "./error";

export type ScheduleExpression =
  | { readonly kind: "rate"; readonly minutes: number }
  | { readonly kind: "cron"; readonly fields: Readonly<Record<FieldName, CronField>> };

type FieldName = (typeof fieldNames)[number];
const fieldNames = ["minutes", "hours", "daysOfMonth", "months", "daysOfWeek", "years"] as const;

const minutesOf = { minute: 1, hour: 60, day: 24 * 60 } as const;
const isUnit = (name: string): name is keyof typeof minutesOf => name in minutesOf;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html */
const rules: Readonly<Record<FieldName, FieldRules>> = {
  minutes: { label: "minutes", minimum: 0, maximum: 59, largestIncrement: 59 },
  hours: { label: "hours", minimum: 0, maximum: 23, largestIncrement: 23 },
  daysOfMonth: {
    label: "days of the month",
    minimum: 1,
    maximum: 31,
    largestIncrement: 31,
    special: (field, valueOf) => {
      if (field === "?") return { kind: "any" };
      if (field === "L") return { kind: "lastDay" };
      if (field === "LW") return { kind: "nearestWeekday", day: "last" };
      const [, day] = /^(\d+)W$/.exec(field) ?? [];
      return day === undefined ? undefined : { kind: "nearestWeekday", day: valueOf(day) };
    },
  },
  months: {
    label: "months",
    minimum: 1,
    maximum: 12,
    names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
    largestIncrement: 12,
  },
  daysOfWeek: {
    label: "days of the week",
    minimum: 1,
    maximum: 7,
    names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
    special: (field, valueOf) => {
      if (field === "?") return { kind: "any" };
      if (field === "L") return { kind: "values", values: [7] };
      const [, last] = /^(\w+)L$/.exec(field) ?? [];
      if (last !== undefined) return { kind: "lastOfWeekday", weekday: valueOf(last) };
      const [, weekday, nth] = /^(\w+)#([1-5])$/.exec(field) ?? [];
      return weekday === undefined
        ? undefined
        : { kind: "nthOfWeekday", weekday: valueOf(weekday), nth: Number(nth) };
    },
  },
  years: { label: "years", minimum: 1970, maximum: 2199, largestIncrement: 229 },
};

/**
 * Parses `rate(5 minutes)` or `cron(0 6 * * ? *)` as EventBridge rules do. Forms that AWS does not document, such as
 * descending ranges or names in lower case, are rejected: there is always a documented equivalent.
 * @throws {ScheduleExpressionError} with what was expected, and at which character
 */
export function parseScheduleExpression(expression: string): ScheduleExpression {
  const [, kind, inside] = /^(rate|cron)\((.*)\)$/s.exec(expression) ?? [];
  if (inside === undefined) throw new ScheduleExpressionError('"rate(5 minutes)" or "cron(0 6 * * ? *)"', 0);
  return kind === "rate" ? parseRate(inside) : parseCron(inside);
}

const start = "rate(".length;

function parseRate(inside: string): ScheduleExpression {
  const [amount = "", unit = "", ...rest] = inside.split(" ");
  if (!/^[1-9]\d{0,8}$/.test(amount)) throw new ScheduleExpressionError("a number from 1", start);
  const isOne = amount === "1";
  const singular = isOne ? unit : unit.replace(/s$/, "");
  if (!isUnit(singular) || (!isOne && !unit.endsWith("s")) || rest.length > 0)
    throw new ScheduleExpressionError(
      isOne ? "minute, hour or day after 1" : "minutes, hours or days",
      start + amount.length + Math.min(unit.length, 1),
    );
  return { kind: "rate", minutes: Number(amount) * minutesOf[singular] };
}

function parseCron(inside: string): ScheduleExpression {
  const parts = inside.split(" ");
  if (parts.length !== fieldNames.length || parts.includes(""))
    throw new ScheduleExpressionError(
      "six fields with one space between them: minutes, hours, days of the month, months, days of the week, years",
      start,
    );
  const startOf = (index: number) => start + parts.slice(0, index).join(" ").length + Math.min(index, 1);
  const parse = (name: FieldName) => {
    const index = fieldNames.indexOf(name);
    return parseCronField(parts[index] ?? "", startOf(index), rules[name]);
  };
  const fields = {
    minutes: parse("minutes"),
    hours: parse("hours"),
    daysOfMonth: parse("daysOfMonth"),
    months: parse("months"),
    daysOfWeek: parse("daysOfWeek"),
    years: parse("years"),
  };
  if ((fields.daysOfMonth.kind === "any") === (fields.daysOfWeek.kind === "any"))
    throw new ScheduleExpressionError("? in exactly one of the two day fields", startOf(2));
  if (!hasDate(fields))
    throw new ScheduleExpressionError("a day of the month that one of the months has", startOf(2));
  return { kind: "cron", fields };
}

/** Whether the first day of the month occurs in one of the months: 31 February never does, 29 February not in 2027. */
function hasDate({ daysOfMonth, months, years }: Readonly<Record<FieldName, CronField>>): boolean {
  const days = daysOfMonth.kind === "nearestWeekday" ? [daysOfMonth.day] : valuesOf(daysOfMonth);
  const [first] = days;
  if (typeof first !== "number") return true;
  return valuesOf(months).some((month) =>
    valuesOf(years).some((year) => first <= new Date(Date.UTC(year, month, 0)).getUTCDate()),
  );
}

const valuesOf = (field: CronField) => (field.kind === "values" ? field.values : []);
