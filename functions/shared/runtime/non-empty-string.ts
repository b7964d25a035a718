import * as z from "zod/mini";

export const nonEmptyString = z.string().check(z.minLength(1));
