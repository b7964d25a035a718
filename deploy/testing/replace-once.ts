/**
 * Replaces the first match of a string or pattern. Runs of spaces in a string match any number of spaces: the alignment
 * of values in tfvars depends on the names of other settings.
 * @param where the file, for the error
 * @throws {Error} when there is no match
 */
export function replaceOnce(content: string, from: string | RegExp, to: string, where: string): string {
  const pattern = typeof from === "string" ? literally(from) : from;
  if (!pattern.test(content)) throw new Error(`${where} has no ${String(from)}`);
  return typeof from === "string" ? content.replace(pattern, () => to) : content.replace(pattern, to);
}

const literally = (value: string) =>
  new RegExp(value.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/ +/g, " +"));
