import * as z from "zod";
import type { Problem } from "../../shared/errors";

type Issue = z.core.$ZodIssue;
type Schema = z.core.$ZodType;

/** Converts zod's issues to problems in the terms of a tfvars file. */
export const schemaProblems = (error: z.ZodError, schema: Schema): Problem[] =>
  error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" ? unknownSettings(issue, schema) : [toProblem(issue)],
  );

function unknownSettings({ keys, path }: z.core.$ZodIssueUnrecognizedKeys, schema: Schema): Problem[] {
  const known = knownKeys(schemaAt(schema, path));
  return keys.map((key) => ({
    code: "unknown-setting",
    path: [...path, key].join("."),
    expected: `one of the keys ${known.join(", ")}`,
    found: "an unknown key",
  }));
}

function toProblem(issue: Issue): Problem {
  const path = issue.path.join(".");
  const found = describe(issue.input);
  switch (issue.code) {
    case "invalid_type":
      return {
        code: issue.input === undefined ? "missing-setting" : "wrong-type",
        path,
        expected: typeNames[issue.expected] ?? `a ${issue.expected}`,
        found,
      };
    case "invalid_value":
      return {
        code: "value-not-allowed",
        path,
        expected: `one of ${issue.values.map(describeLiteral).join(", ")}`,
        found,
      };
    case "invalid_key":
      return {
        code: "invalid-name",
        path,
        expected: issue.issues.map(({ message }) => message).join(" and "),
        found: "that name",
      };
    case "too_small":
      return {
        code: "too-small",
        path,
        expected: `${measured(issue.origin)} of at least ${issue.minimum}`,
        found,
      };
    case "too_big":
      return {
        code: "too-large",
        path,
        expected: `${measured(issue.origin)} of at most ${issue.maximum}`,
        found,
      };
    default:
      return { code: "invalid-value", path, expected: issue.message, found };
  }
}

/** HCL's names of types where zod has others. */
const typeNames: Readonly<Record<string, string>> = {
  array: "a list",
  int: "a whole number",
  object: "a map",
  record: "a map",
};
const measured = (origin: string) =>
  ({ string: "a string with a length", array: "a list with a length" })[origin] ?? "a number";
const describeLiteral = (value: unknown) => (typeof value === "string" ? `"${value}"` : String(value));

/** Longer strings are shortened, so that a problem fits on one line. */
const longestString = 100;
const describeString = (value: string) =>
  value.length > longestString
    ? `${JSON.stringify(value.slice(0, longestString))} … (${value.length} characters)`
    : JSON.stringify(value);

/** A value in a message: `nothing`, `"string"`, `the number 3`, `a list`. */
function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (typeof value === "string") return describeString(value);
  if (typeof value === "number" || typeof value === "boolean") return `the ${typeof value} ${String(value)}`;
  return Array.isArray(value) ? "a list" : "a map";
}

/** The schema of the value at a path through maps and lists. */
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
  return schema instanceof z.core.$ZodOptional ||
    schema instanceof z.core.$ZodDefault ||
    schema instanceof z.core.$ZodPrefault
    ? unwrap(schema._zod.def.innerType)
    : schema;
}

function knownKeys(schema: Schema | undefined): string[] {
  const object = unwrap(schema);
  return object instanceof z.core.$ZodObject ? Object.keys(object._zod.def.shape) : [];
}
