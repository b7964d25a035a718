import { ScheduleExpressionError } from "./error";

/** The value of one field of a cron expression. */
export type CronField =
  /** `?`: the other day field decides. */
  | { readonly kind: "any" }
  | { readonly kind: "values"; readonly values: readonly number[] }
  /** `L`: the last day of the month. */
  | { readonly kind: "lastDay" }
  /** `15W`, `LW`: the weekday nearest to a day of the month. */
  | { readonly kind: "nearestWeekday"; readonly day: number | "last" }
  /** `FRIL`, `6L`: the last one of the month. */
  | { readonly kind: "lastOfWeekday"; readonly weekday: number }
  /** `MON#1`, `2#1`: the n-th one of the month. */
  | { readonly kind: "nthOfWeekday"; readonly weekday: number; readonly nth: number };

export interface FieldRules {
  readonly label: string;
  readonly minimum: number;
  readonly maximum: number;
  /** In the order of their numbers, the first being the minimum. */
  readonly names?: readonly string[];
  /** The largest increment after `/`; undefined when increments are not allowed. */
  readonly largestIncrement?: number;
  /** Parses forms that are specific to this field. */
  readonly special?: (
    field: string,
    valueOf: (value: string, at?: number) => number,
  ) => CronField | undefined;
}

/**
 * Parses one field: `*`, a list of values, ranges and increments, or a form that is specific to the field.
 * @param start the index of the field in the expression
 * @throws {ScheduleExpressionError}
 */
export function parseCronField(field: string, start: number, rules: FieldRules): CronField {
  const valueOf = (value: string, at = 0) => parseValue(value, start + at, rules);
  const special = rules.special?.(field, valueOf);
  if (special !== undefined) return special;
  let offset = 0;
  const values = field.split(",").flatMap((part) => {
    const at = start + offset;
    offset += part.length + 1;
    if (part.startsWith("*") && part !== field)
      throw new ScheduleExpressionError(`${rules.label} without * in a list`, at);
    return parsePart(part, at, rules);
  });
  return { kind: "values", values: [...new Set(values)].sort((a, b) => a - b) };
}

/** `*`, `5` or `1-5`, with or without an increment. */
function parsePart(part: string, at: number, rules: FieldRules): number[] {
  const { minimum, maximum } = rules;
  const [range = "", increment, ...more] = part.split("/");
  const [from = "", to, ...rest] = range.split("-");
  if (rest.length > 0 || more.length > 0) throw new ScheduleExpressionError(described(rules), at);
  const first = range === "*" ? minimum : parseValue(from, at, rules);
  const last = to === undefined ? undefined : parseValue(to, at + from.length + 1, rules);
  if (last !== undefined && last < first)
    throw new ScheduleExpressionError(
      `a range of ${rules.label} that ascends; write two ranges and a comma`,
      at,
    );
  if (increment === undefined && range !== "*") return valuesBetween(first, last ?? first, 1);
  const step = increment === undefined ? 1 : parseIncrement(increment, at + range.length + 1, rules);
  return valuesBetween(first, last ?? maximum, step);
}

function parseIncrement(value: string, at: number, { label, largestIncrement }: FieldRules): number {
  if (largestIncrement === undefined)
    throw new ScheduleExpressionError(`${label} without an increment`, at - 1);
  const increment = /^\d{1,3}$/.test(value) ? Number(value) : 0;
  if (increment < 1 || increment > largestIncrement)
    throw new ScheduleExpressionError(`an increment of ${label} from 1 to ${largestIncrement}`, at);
  return increment;
}

function parseValue(value: string, at: number, rules: FieldRules): number {
  const { minimum, maximum, names = [] } = rules;
  const named = names.indexOf(value);
  if (named >= 0) return named + minimum;
  const number = /^\d{1,4}$/.test(value) ? Number(value) : -1;
  if (number < minimum || number > maximum) throw new ScheduleExpressionError(described(rules), at);
  return number;
}

function described({ label, minimum, maximum, names }: FieldRules): string {
  const named = names === undefined ? "" : ` or ${names[0] ?? ""} to ${names.at(-1) ?? ""}`;
  return `${label} from ${minimum} to ${maximum}${named}`;
}

const valuesBetween = (first: number, last: number, step: number): number[] =>
  Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step);
