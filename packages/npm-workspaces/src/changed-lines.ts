/** The lines of a new version of a file that the former one does not have: `<path>:<line>: <content>`. */
export function changedLines(path: string, former: string, text: string): string[] {
  const known = new Set(former.split("\n"));
  return text
    .split("\n")
    .flatMap((line, index) => (known.has(line) ? [] : [`${path}:${index + 1}: ${line.trim()}`]));
}
