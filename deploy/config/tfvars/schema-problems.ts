import * as z from "zod";
import type { Problem } from "../../shared/errors";

type Issue = z.core.$ZodIssue;
type Schema = z.core.$ZodType;

/** Says what a schema refused in the words of a tfvars file: key, expected, found. */
export function toProblems(error: z.ZodError, schema: Schema): Problem[] {
  return error.issues.flatMap((issue) => toProblem(issue, schema));
}

function toProblem(issue: Issue, schema: Schema): Problem[] {
  const key = issue.path.join(".");
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = knownKeys(schemaAt(schema, issue.path));
      return issue.keys.map((name) => ({
        key: key === "" ? name : `${key}.${name}`,
        expected: `one of the keys ${known.join(", ")}`,
        found: "an unknown key",
      }));
    }
    case "invalid_type":
      return [
        { key, expected: typeNames[issue.expected] ?? `a ${issue.expected}`, found: describe(issue.input) },
      ];
    case "invalid_value":
      return [
        {
          key,
          expected: `one of ${issue.values.map(describeLiteral).join(", ")}`,
          found: describe(issue.input),
        },
      ];
    case "invalid_key":
      return [
        { key, expected: issue.issues.map(({ message }) => message).join(" and "), found: "that name" },
      ];
    case "too_small":
      return [
        { key, expected: `${unit(issue.origin)} of at least ${issue.minimum}`, found: describe(issue.input) },
      ];
    case "too_big":
      return [
        { key, expected: `${unit(issue.origin)} of at most ${issue.maximum}`, found: describe(issue.input) },
      ];
    default:
      return [{ key, expected: issue.message, found: describe(issue.input) }];
  }
}

/** zod's types in the words of HCL, where they differ. */
const typeNames: Readonly<Record<string, string>> = {
  array: "a list",
  int: "a whole number",
  object: "a map",
  record: "a map",
};
const unit = (origin: string) =>
  ({ string: "a text with a length", array: "a list with a length" })[origin] ?? "a number";
const describeLiteral = (value: unknown) => (typeof value === "string" ? `"${value}"` : String(value));

/** On one line, and not longer than one. */
const longestText = 100;
const describeText = (text: string) =>
  text.length > longestText
    ? `${JSON.stringify(text.slice(0, longestText))} … (${text.length} characters)`
    : JSON.stringify(text);

/** A value as a person would name it: `nothing`, `"text"`, `the number 3`, `a list`. */
function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (typeof value === "string") return describeText(value);
  if (typeof value === "number" || typeof value === "boolean") return `the ${typeof value} ${String(value)}`;
  return Array.isArray(value) ? "a list" : "a map";
}

/** The schema of the value at a path, as far as it is made of maps and lists. */
function schemaAt(schema: Schema, path: readonly PropertyKey[]): Schema | undefined {
  return path.reduce<Schema | undefined>((outer, step) => innerSchema(unwrap(outer), step), schema);
}

function innerSchema(schema: Schema | undefined, step: PropertyKey): Schema | undefined {
  if (schema instanceof z.ZodObject)
    return new Map<string, Schema>(Object.entries(schema.shape)).get(String(step));
  if (schema instanceof z.ZodRecord) return schema.valueType;
  if (schema instanceof z.ZodArray) return schema.element;
  return undefined;
}

function unwrap(schema: Schema | undefined): Schema | undefined {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? unwrap(schema.unwrap()) : schema;
}

function knownKeys(schema: Schema | undefined): string[] {
  const object = unwrap(schema);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}
