/** Words not to use in public texts, each with what to write instead. */
const unwanted: Readonly<Record<string, string>> = {
  "ask(s|ed|ing)?|tells?|told|telling": "request, call, prompt; report, return",
  "made|hand(s|ed|ing)? (in|over|back)": "created, built; submit, return",
  "places?|texts?": "path, account and region, instead of; string",
  "answer(s|ed|ing)?": "response, respond",
  "besides?|anew|by chance|mend(s|ed|ing)?": "in addition to; again; at random; fix",
  "stands?|standing|how (a|the) \\w+ is doing": "is, status",
  "somebody|nobody|whoever": "a caller, no caller, anyone who",
  "waive(s|d|rs?)?|tried again|do its work|found out|counts as nothing|throw-away|take it in|words above":
    "suppress; retried; the exact term",
};
const statementIds = /^ (Look|Change|Keep) [A-Z]/;

/** A right use of one of these words: a file format. */
const exceptions = /\breadable text file\b/g;

/** A line or literal with its position, such as `README.md:12`. */
export type Line = readonly [where: string, text: string];

/** Each unwanted word with its file, its line and what to write. */
export const findWords = (lines: readonly Line[]): string[] =>
  lines.flatMap(([where, text]) => [
    ...Object.entries(unwanted).flatMap(([words, instead]) => {
      const [found] = new RegExp(`\\b(${words})\\b`, "i").exec(text.replaceAll(exceptions, "")) ?? [];
      return found === undefined ? [] : [`${where}: "${found}": write ${instead}`];
    }),
    ...(statementIds.test(text) ? [`${where}: "${text}": write Read, Write, Deny`] : []),
  ]);
