import * as z from "zod/mini";

/**
 * The opaque cursor of a page: its last id in lower case and reversed, so that clients do not use it as an id.
 */
export const encodeCursor = (lastId: string): string => backwards(lastId.toLowerCase());

/** A cursor from a client, read as the id of the last task it has seen. */
export const cursor = z.pipe(
  z.string().check(z.regex(/^[0-9a-hjkmnp-tv-z]{25}[0-7]$/, "Expected the cursor of an earlier page.")),
  z.transform((text) => backwards(text).toUpperCase()),
);

const backwards = (text: string) => Array.from(text).reverse().join("");
