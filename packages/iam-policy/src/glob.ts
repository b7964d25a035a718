/** Whether a value matches an IAM pattern: `*` matches any string, `?` any character. */
export const matches = (pattern: string, value: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "s",
  ).test(value);

/** Whether some string matches both patterns, in which `*` matches any string. */
export function overlap(one: string, other: string): boolean {
  const seen = new Set<number>();
  const from = (i: number, j: number): boolean => {
    const at = i * (other.length + 1) + j;
    if (seen.has(at)) return false;
    seen.add(at);
    if (one[i] === "*") return from(i + 1, j) || (j < other.length && from(i, j + 1));
    if (other[j] === "*") return from(i, j + 1) || (i < one.length && from(i + 1, j));
    if (i === one.length || j === other.length) return i === one.length && j === other.length;
    return one[i] === other[j] && from(i + 1, j + 1);
  };
  return from(0, 0);
}

/** Whether two ARN patterns overlap; the first five parts contain no colon. */
export function arnsOverlap(one: string, other: string): boolean {
  const others = partsOf(other);
  return partsOf(one).every((part, at) => overlap(part, others[at] ?? ""));
}

function partsOf(arn: string): string[] {
  const parts = arn.split(":");
  return [...parts.slice(0, 5), parts.slice(5).join(":")];
}
