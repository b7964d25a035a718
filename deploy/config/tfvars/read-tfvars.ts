import { existsSync } from "node:fs";
import { parse } from "@cdktf/hcl2json";
import type * as z from "zod";
import type { Problem } from "../../shared/errors";
import { invalidHcl, invalidSettings, missingFile } from "../errors";
import { readUtf8 } from "./read-utf8";
import { schemaProblems } from "./schema-problems";

/**
 * Reads a tfvars file and checks it against a schema.
 * @param displayName the file's name in messages
 * @returns the values, deeply frozen
 * @throws {ConfigurationError} with all mistakes of the file
 */
export async function readTfvars<Schema extends z.ZodType>(
  path: string,
  displayName: string,
  schema: Schema,
  environments: readonly string[],
): Promise<z.output<Schema>> {
  if (!existsSync(path)) throw missingFile(displayName, environments);
  const values = await parseHcl(readUtf8(path, displayName), displayName);

  const unsupported = findUnsupported(values, []);
  if (unsupported.length > 0) throw invalidSettings(displayName, unsupported);

  const parsed = schema.safeParse(values, { reportInput: true });
  if (!parsed.success) throw invalidSettings(displayName, schemaProblems(parsed.error, schema));
  return deepFreeze(parsed.data);
}

/** hcl2json reports every mistake that it finds; the first ones are enough. */
const longestReason = 300;

async function parseHcl(content: string, displayName: string): Promise<unknown> {
  try {
    return await parse(displayName, content);
  } catch (cause) {
    // hcl2json wraps its diagnostics: "Error: parse config: [<file>:<line>,<column>: <what>]"
    const reason = String(cause).replace(/^Error: parse config: \[|\]$/g, "");
    const shortened = reason.length > longestReason ? `${reason.slice(0, longestReason)} …` : reason;
    throw invalidHcl(displayName, shortened, { cause });
  }
}

/**
 * Values that HCL allows and tfvars here do not. They are read at synthesis, when there is nothing to evaluate an
 * expression with; and hcl2json converts numbers to JavaScript's, which lose digits beyond 2^53.
 */
function findUnsupported(value: unknown, steps: readonly string[]): Problem[] {
  const path = steps.join(".");
  if (typeof value === "string" && /[$%]\{/.test(value))
    return [{ code: "expression", path, expected: "a literal value", found: `the expression ${value}` }];
  if (typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER)
    return [
      {
        code: "imprecise-number",
        path,
        expected: "a number between -2^53 and 2^53",
        found: "one that would lose digits",
      },
    ];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    // Schemas would silently ignore it.
    name === "__proto__"
      ? [
          {
            code: "reserved-name",
            path: [...steps, name].join("."),
            expected: "another name",
            found: "that name",
          },
        ]
      : findUnsupported(inner, [...steps, name]),
  );
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}
