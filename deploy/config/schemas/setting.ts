import type * as z from "zod";

/** A schema with the description that docs/environments.md shows of the setting. */
export const setting = <Schema extends z.ZodType>(description: string, schema: Schema): Schema =>
  schema.meta({ description });
