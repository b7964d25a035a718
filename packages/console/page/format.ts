const units: readonly (readonly [number, string])[] = [
  [86_400_000, "d"],
  [3_600_000, "h"],
  [60_000, "min"],
  [1_000, "s"],
];

/** `340 ms`, `2.4 s`, `3 min`, `5 h`. */
export function duration(milliseconds: number): string {
  for (const [size, unit] of units)
    if (milliseconds >= size) {
      const value = milliseconds / size;
      return `${value < 10 ? value.toFixed(1).replace(/\.0$/, "") : Math.round(value)} ${unit}`;
    }
  return `${Math.round(milliseconds)} ms`;
}

/** `12 s ago`, `in 3 min`. */
export function relative(time: string, now = Date.now()): string {
  const difference = now - new Date(time).getTime();
  if (Math.abs(difference) < 1_000) return "now";
  return difference > 0 ? `${duration(difference)} ago` : `in ${duration(-difference)}`;
}

/** `11-30 07:51:42.157`, in the time zone of the browser. */
export function clock(time: string | number): string {
  const date = new Date(time);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

export const count = (value: number | undefined): string =>
  value === undefined ? "–" : value.toLocaleString("en");

export const plural = (value: number, one: string): string =>
  `${count(value)} ${one}${value === 1 ? "" : "s"}`;
