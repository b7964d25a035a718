import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { replaceFile } from "./files";

/** What is used of the package that reads HCL. */
export interface HclParser {
  readonly parse: (name: string, text: string) => Promise<unknown>;
}

/**
 * A parser that returns what it has returned before for the same file.
 * @param file keeps results
 * @param load loads the real parser, when a result is missing
 */
export function cachingParser(file: string, load: () => HclParser): HclParser {
  const known = readKnown(file);
  return {
    async parse(name, text) {
      const key = JSON.stringify([name, text]);
      if (!known.has(key)) {
        const value = await load().parse(name, text);
        // JSON has no number beyond JavaScript's largest: a value that is refused now would be read as null later.
        if (!isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value)) return value;
        known.set(key, value);
        replaceFile(file, JSON.stringify([...known]));
      }
      return structuredClone(known.get(key));
    },
  };
}

function readKnown(file: string): Map<string, unknown> {
  try {
    const entries: unknown = JSON.parse(readFileSync(file, "utf8"));
    const isEntry = (entry: unknown): entry is [string, unknown] =>
      Array.isArray(entry) && typeof entry[0] === "string";
    return new Map(Array.isArray(entries) ? entries.filter(isEntry) : []);
  } catch {
    // There is no file, or it is not complete.
    return new Map();
  }
}
