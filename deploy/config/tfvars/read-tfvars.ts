import { existsSync } from "node:fs";
import { parse } from "@cdktf/hcl2json";
import type * as z from "zod";
import { missingFile, notHcl, wrongValues, type Problem } from "../../shared/errors";
import { toProblems } from "./schema-problems";
import { readText } from "./read-utf8";

/**
 * Reads a tfvars file and checks it against a schema.
 * @param displayName the file's name in messages
 * @returns the values, frozen throughout
 * @throws {ConfigurationError} naming file, key, what was expected and what was found, for all keys at once
 */
export async function readTfvars<Schema extends z.ZodType>(
  path: string,
  displayName: string,
  schema: Schema,
  environments: readonly string[],
): Promise<z.output<Schema>> {
  if (!existsSync(path)) throw missingFile(displayName, environments);
  const values = await parseHcl(readText(path, displayName), displayName);

  const unreadable = findUnreadable(values, []);
  if (unreadable.length > 0) throw wrongValues(displayName, unreadable);

  const parsed = schema.safeParse(values, { reportInput: true });
  if (!parsed.success) throw wrongValues(displayName, toProblems(parsed.error, schema));
  return deepFreeze(parsed.data);
}

/** hcl2json names every mistake that it finds; the first ones are enough. */
const longestReason = 300;

async function parseHcl(text: string, displayName: string): Promise<unknown> {
  try {
    return await parse(displayName, text);
  } catch (cause) {
    // hcl2json wraps its diagnostics: "Error: parse config: [<file>:<line>,<column>: <what>]"
    const reason = String(cause).replace(/^Error: parse config: \[|\]$/g, "");
    const isLong = reason.length > longestReason;
    throw notHcl(displayName, isLong ? `${reason.slice(0, longestReason)} …` : reason);
  }
}

/**
 * What cannot be taken as it is written. tfvars are read at synth, before there is anything to evaluate an expression
 * with; and hcl2json hands numbers over as JavaScript's, which lose digits beyond 2^53.
 */
function findUnreadable(value: unknown, path: readonly string[]): Problem[] {
  const key = path.join(".");
  if (typeof value === "string" && /[$%]\{/.test(value))
    return [{ key, expected: "a literal value", found: `the expression ${value}` }];
  if (typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER)
    return [{ key, expected: "a number between -2^53 and 2^53", found: "one that would lose digits" }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    // Schemas leave it out without a word.
    name === "__proto__"
      ? [{ key: [...path, name].join("."), expected: "another name", found: "that name" }]
      : findUnreadable(inner, [...path, name]),
  );
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
