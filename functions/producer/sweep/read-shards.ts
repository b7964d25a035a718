import { asError } from "../../shared/runtime/as-error";

export type End = "newest" | "oldest";

/** Reads the next items of a shard of an index from one of its ends. */
export type ReadShard<Item, Cursor> = (
  shard: number,
  end: End,
  after: Cursor | undefined,
) => Promise<{ readonly items: readonly Item[]; readonly next: Cursor | undefined }>;

export interface ShardPage<Item> {
  readonly items: readonly Item[];
  /** The shard could not be read, and is skipped from then on. */
  readonly error?: Error;
}

const minute = 60_000;

/** All shards, with another one first each minute, so that a lack of time does not always affect the same shard. */
export function rotateShards(shards: readonly number[], now: Date): number[] {
  const first = Math.floor(now.getTime() / minute) % shards.length;
  return [...shards.slice(first), ...shards.slice(0, first)];
}

/**
 * Reads all shards of an index round-robin, alternately from the newest and the oldest end until they meet: a caller
 * that stops early has received the same share of every shard, and of old and new items.
 */
export async function* readShards<Item extends { readonly id: string }, Cursor>(
  shards: readonly number[],
  read: ReadShard<Item, Cursor>,
): AsyncGenerator<ShardPage<Item>> {
  let open = shards.map((shard) => new ShardReader(shard, read));
  for (let round = 0; open.length > 0; round++) {
    const end = round % 2 === 0 ? "newest" : "oldest";
    // Not in parallel: items that were read ahead and not processed in time would be read for nothing.
    for (const walk of open) yield await walk.next(end);
    open = open.filter(({ isDone }) => !isDone);
  }
}

class ShardReader<Item extends { readonly id: string }, Cursor> {
  isDone = false;
  private readonly cursors: Partial<Record<End, Cursor>> = {};
  /** The last ids that were read from each end. */
  private newestLeft = "~";
  private oldestLeft = "";

  constructor(
    private readonly shard: number,
    private readonly read: ReadShard<Item, Cursor>,
  ) {}

  async next(end: End): Promise<ShardPage<Item>> {
    try {
      const { items, next } = await this.read(this.shard, end, this.cursors[end]);
      const unseen = items.filter(({ id }) => id > this.oldestLeft && id < this.newestLeft);
      const last = unseen.at(-1);
      if (last !== undefined && end === "newest") this.newestLeft = last.id;
      if (last !== undefined && end === "oldest") this.oldestLeft = last.id;
      // Where the ends meet, everything has been read.
      if (next === undefined || unseen.length < items.length) this.isDone = true;
      else this.cursors[end] = next;
      return { items: unseen };
    } catch (error) {
      this.isDone = true;
      return { items: [], error: asError(error) };
    }
  }
}
