const hoursOfAMonth = 730;
const minutes = { minute: 1, hour: 60, day: 24 * 60 } as const;
const fields = [
  { name: "minute", values: 60 },
  { name: "hour", values: 24 },
] as const;

/**
 * How often an EventBridge expression fires in a month of 730 hours: `rate(5 minutes)`, `cron(0 6 * * ? *)`. Of a cron
 * expression's days, only "every" and lists of weekdays are counted; for others, every day stands.
 */
export function slotsOfAMonth(expression: string): number {
  const [, every, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
  if (every !== undefined && isUnit(unit)) return (hoursOfAMonth * 60) / (Number(every) * minutes[unit]);
  const [, inside = ""] = /^cron\((.+)\)$/.exec(expression) ?? [];
  const [minute = "", hour = "", , , weekday = ""] = inside.split(" ");
  const timesADay = valuesOf(minute, fields[0].values) * valuesOf(hour, fields[1].values);
  return (hoursOfAMonth / 24) * timesADay * (daysOf(weekday) / 7);
}

const isUnit = (text: string | undefined): text is keyof typeof minutes =>
  text !== undefined && text in minutes;

/** How many values a field has: a star, a number, `1,2`, `1-5`, or `0/15`. */
function valuesOf(field: string, all: number): number {
  if (field === "*" || field === "?") return all;
  return field.split(",").reduce((total, part) => {
    const [, from, to] = /^(\d+)-(\d+)$/.exec(part) ?? [];
    if (from !== undefined) return total + Number(to) - Number(from) + 1;
    const [, start, step] = /^(\d+|\*)\/(\d+)$/.exec(part) ?? [];
    if (step !== undefined)
      return total + Math.ceil((all - (start === "*" ? 0 : Number(start))) / Number(step));
    return total + 1;
  }, 0);
}

const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

function daysOf(field: string): number {
  if (field === "?" || field === "*") return 7;
  const asNumbers = field.toUpperCase().replace(/[A-Z]{3}/g, (name) => String(weekdays.indexOf(name) + 1));
  return Math.min(7, valuesOf(asNumbers, 7));
}
