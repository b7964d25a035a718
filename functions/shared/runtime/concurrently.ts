/**
 * Does work for each item, on a few at a time, in the order of the items.
 * Not p-limit, which with its queue would add 1.1 KB to each cold start, and takes all items at once.
 */
export async function forEachConcurrently<Item>(
  items: Iterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items[Symbol.iterator]();
  const takeNext = async () => {
    for (let next = waiting.next(); next.done !== true; next = waiting.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: atOnce }, takeNext));
}
