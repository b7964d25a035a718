import * as z from "zod/mini";

/** A whole number that comes as text, as in the environment and in queries. */
export const wholeNumber = (least: number, most = Number.MAX_SAFE_INTEGER) =>
  z.coerce.number().check(z.int(), z.minimum(least), z.maximum(most));
