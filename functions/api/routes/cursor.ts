import * as z from "zod/mini";

/**
 * Where a page ends, as text that clients hand back and need not understand: the last id backwards, so that nobody
 * takes it for one.
 */
export const encodeCursor = (lastId: string): string => backwards(lastId.toLowerCase());

/** A cursor from a client, read as the id of the last task it has seen. */
export const cursor = z.pipe(
  z.string().check(z.regex(/^[0-9a-hjkmnp-tv-z]{25}[0-7]$/, "Expected the cursor of an earlier page.")),
  z.transform((text) => backwards(text).toUpperCase()),
);

const backwards = (text: string) => Array.from(text).reverse().join("");
