import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { replaceFile } from "./files";

/** The part of the HCL parser's interface that is used. */
export interface HclParser {
  readonly parse: (name: string, text: string) => Promise<unknown>;
}

/**
 * A parser with a cache of results.
 * @param file the cache
 * @param load loads the real parser when a result is missing
 */
export function cachingParser(file: string, load: () => HclParser): HclParser {
  const known = readKnown(file);
  return {
    async parse(name, text) {
      const key = JSON.stringify([name, text]);
      if (!known.has(key)) {
        const value = await load().parse(name, text);
        // JSON has no Infinity: a value that is refused now would be null when it is read from the cache.
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
    // The file is missing or incomplete.
    return new Map();
  }
}
