import { existsSync, readFileSync } from "node:fs";
import { parse } from "@cdktf/hcl2json";
import type * as z from "zod";
import { missingFile, notHcl, wrongValues, type Problem } from "./errors";
import { toProblems } from "./tfvars-problems";

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
  const values = await parseHcl(readFileSync(path, "utf8"), displayName);

  const expressions = findExpressions(values, []);
  if (expressions.length > 0) throw wrongValues(displayName, expressions);

  const parsed = schema.safeParse(values, { reportInput: true });
  if (!parsed.success) throw wrongValues(displayName, toProblems(parsed.error, schema));
  return deepFreeze(parsed.data);
}

async function parseHcl(text: string, displayName: string): Promise<unknown> {
  try {
    return await parse(displayName, text);
  } catch (cause) {
    // hcl2json wraps its diagnostics: "Error: parse config: [<file>:<line>,<column>: <what>]"
    const reason = String(cause).replace(/^Error: parse config: \[|\]$/g, "");
    throw notHcl(displayName, reason);
  }
}

/** tfvars are read at synth, before there is anything to evaluate an expression with. */
function findExpressions(value: unknown, path: readonly string[]): Problem[] {
  if (typeof value === "string" && /[$%]\{/.test(value)) {
    return [{ key: path.join("."), expected: "a literal value", found: `the expression ${value}` }];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => findExpressions(inner, [...path, key]));
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
