import * as z from "zod";

const block = z.record(z.string(), z.unknown());

/** An attribute of an attribute: a block may stand alone or as a list of one. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const parsed = block.safeParse(Array.isArray(value) ? value[0] : value);
  return at(parsed.data?.[name], ...rest);
}

/** A number, or `absent` where there is none. */
export const numberAt = (value: unknown, path: readonly string[], absent = Number.NaN): number => {
  const found = at(value, ...path);
  return typeof found === "number" ? found : absent;
};

export const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "string");

const redrivePolicy = z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.number() });

/** A queue's redrive policy, or undefined where it has none. */
export const redriveOf = (value: unknown) =>
  typeof value === "string" ? redrivePolicy.safeParse(JSON.parse(value)).data : undefined;
