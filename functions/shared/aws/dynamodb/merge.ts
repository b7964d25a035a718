/**
 * Merges streams that are each sorted by id, largest first, into one that is, reading no further ahead than one item
 * of each.
 */
export async function* mergeDescending<Item extends { readonly id: string }>(
  streams: readonly AsyncIterator<Item>[],
): AsyncGenerator<Item> {
  const heads = await Promise.all(streams.map(async (stream) => ({ stream, head: await stream.next() })));
  for (;;) {
    let newest: { at: number; item: Item } | undefined;
    heads.forEach(({ head }, at) => {
      if (head.done !== true && (newest === undefined || head.value.id > newest.item.id)) {
        newest = { at, item: head.value };
      }
    });
    const entry = newest && heads[newest.at];
    if (newest === undefined || entry === undefined) return;
    yield newest.item;
    entry.head = await entry.stream.next();
  }
}
