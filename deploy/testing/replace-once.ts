/**
 * Replaces a text, or what a pattern finds, at its first place. Runs of spaces count as one: how values of tfvars are
 * lined up follows from their neighbours' names.
 * @throws {Error} naming the place when it is not there
 */
export function replaceOnce(text: string, from: string | RegExp, to: string, where: string): string {
  const isText = typeof from === "string";
  const pattern = isText ? literally(from) : from;
  if (!pattern.test(text)) throw new Error(`${where} has no ${String(from)}`);
  return isText ? text.replace(pattern, () => to) : text.replace(pattern, to);
}

const literally = (text: string) =>
  new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/ +/g, " +"));
