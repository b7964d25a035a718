import * as z from "zod";

const block = z.record(z.string(), z.unknown());

/** A nested attribute. A block may be an object or a list of one object. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const parsed = block.safeParse(Array.isArray(value) ? value[0] : value);
  return at(parsed.data?.[name], ...rest);
}

/** A nested number, or `absent` when it is missing. */
export const numberAt = (value: unknown, path: readonly string[], absent = Number.NaN): number => {
  const found = at(value, ...path);
  return typeof found === "number" ? found : absent;
};

/** A string or a list of strings, as a list. */
export const strings = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "string");

const redrivePolicy = z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.number() });

/** A queue's redrive policy, or undefined when it has none. */
export const redriveOf = (value: unknown) =>
  typeof value === "string" ? redrivePolicy.safeParse(JSON.parse(value)).data : undefined;
