/**
 * Lambda accepts responses of 6 MB (6,291,556 bytes), with the body as a JSON string: a JSON body is escaped once more.
 * The rest is for headers and cursor.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const maxPageBytes = 6_000_000;

/** What an item of a page takes of the response: its JSON, as a string in JSON, and a comma. */
const bytesOf = (item: object): number => Buffer.byteLength(JSON.stringify(JSON.stringify(item))) + 1;

/** As many of the first items as a response has room for. One always has: see `payloadLimits` and `resultLimits`. */
export function fitPage<Item extends object>(items: readonly Item[]): Item[] {
  let bytes = 0;
  const tooMany = items.findIndex((item) => (bytes += bytesOf(item)) > maxPageBytes);
  return items.slice(0, tooMany === -1 ? items.length : Math.max(1, tooMany));
}
