import * as z from "zod/mini";

export const nonEmptyText = z.string().check(z.minLength(1));
