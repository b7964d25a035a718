import * as z from "zod/mini";

const digits = z.string().check(z.regex(/^[0-9]+$/, "Invalid input: expected an integer in digits"));

/** An integer in a string, as in the environment and in queries: digits only. */
export const integerString = (least: number, most = Number.MAX_SAFE_INTEGER) =>
  z
    .pipe(digits, z.pipe(z.transform(Number), z.int().check(z.minimum(least), z.maximum(most))))
    .register(z.globalRegistry, {
      override: { type: "integer", minimum: least, maximum: most, pattern: undefined },
    });
