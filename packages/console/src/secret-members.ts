import type { JsonSchema } from "./model";

/** What the page gets instead of a value. */
export const mask = "••••••";

/** Names of members that a schema marks as secret: `writeOnly`, or the format `password`. */
export function secretMembers(schemas: readonly JsonSchema[]): string[] {
  const found = new Set<string>();
  const visit = (schema: unknown): void => {
    if (typeof schema !== "object" || schema === null) return;
    for (const [key, value] of Object.entries(schema) as [string, unknown][]) {
      if (key === "properties" && typeof value === "object" && value !== null)
        for (const [name, member] of Object.entries(value)) if (isSecret(member)) found.add(name);
      visit(value);
    }
  };
  schemas.forEach(visit);
  return [...found].sort();
}

const isSecret = (schema: unknown): boolean =>
  typeof schema === "object" &&
  schema !== null &&
  (("writeOnly" in schema && schema.writeOnly === true) ||
    ("format" in schema && schema.format === "password"));

/** A value with the members of these names masked, at any depth. */
export function masked<Value>(value: Value, names: readonly string[]): Value {
  if (names.length === 0) return value;
  const visit = (each: unknown): unknown => {
    if (Array.isArray(each)) return each.map(visit);
    if (typeof each !== "object" || each === null) return each;
    return Object.fromEntries(
      Object.entries(each).map(([name, inner]) => [name, names.includes(name) ? mask : visit(inner)]),
    );
  };
  return visit(value) as Value;
}

/** A payload whose masked members have the values of another one again. */
export function unmasked(value: unknown, original: unknown): unknown {
  if (value === mask) return original;
  if (Array.isArray(value))
    return value.map((each, at) => unmasked(each, Array.isArray(original) ? original[at] : undefined));
  if (typeof value !== "object" || value === null) return value;
  const from = typeof original === "object" && original !== null ? original : {};
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, unmasked(each, Reflect.get(from, name))]),
  );
}

/** A message's body with its members masked; as it is, if it is no JSON. */
export function maskedBody(body: string, names: readonly string[]): string {
  if (names.length === 0) return body;
  try {
    return JSON.stringify(masked(JSON.parse(body) as unknown, names));
  } catch {
    return body;
  }
}
