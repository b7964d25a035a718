import { tableSchema } from "./table-schema";

const { shards } = tableSchema;

/** FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
const offsetBasis = 0x811c9dc5;
const prime = 0x01000193;

/** The shard of an id, 0 to `shards` − 1; ids are spread evenly, so that no index partition runs hot. */
export function shardOf(id: string): number {
  let hash = offsetBasis;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), prime) >>> 0;
  return hash % shards;
}

/** `[0, 1, …, shards − 1]` */
export const allShards: readonly number[] = Array.from({ length: shards }, (_, shard) => shard);
