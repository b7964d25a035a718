import * as z from "zod";

/** A schema with the description that docs/environments.md shows of the setting. */
export const setting = <Schema extends z.ZodType>(description: string, schema: Schema): Schema =>
  schema.meta({ description });

/** A share in percent. */
export const percent = z.number().min(0).max(100);
