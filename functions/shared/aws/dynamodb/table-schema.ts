/**
 * The shape of the DynamoDB table: deploy/20_infra creates it, the task repository reads and writes it.
 * All keys are strings. An item enters an index by carrying the index's partition key, and leaves it by dropping it.
 * Why these keys, and what they cost: docs/decisions/0001-table-keys.md
 */
export const tableSchema = {
  /**
   * Partitions over which each index is spread; each takes 1,000 writes per second. A constant of the schema and not a
   * setting: items in a partition that is no longer read are not listed, and not published by the sweep. It can be
   * raised by a deployment: tasks stay where they are, and all partitions below the number are read. To lower it, every
   * item in a partition above the new number must first be moved, with the old number still read.
   */
  shards: 8,
  partitionKey: "pk",
  sortKey: "sk",
  /** Epoch seconds after which DynamoDB deletes the item. */
  timeToLive: "expiresAt",
  /** Sorted by task id, newest last. `projected`: attributes in addition to the keys. */
  indexes: {
    /** Every task: `open#<shard>` until it is finished, then `done#<shard>`. */
    byProgress: {
      name: "by-progress",
      partitionKey: "progressShard",
      sortKey: "id",
      projected: ["outcome"],
    },
    /** Every task: `<type>#<shard>`. */
    byType: { name: "by-type", partitionKey: "typeShard", sortKey: "id", projected: [] },
    /** Tasks that are pending (the outbox), running, failed or cancelled: `<state>#<shard>`. */
    byState: {
      name: "by-state",
      partitionKey: "stateShard",
      sortKey: "id",
      projected: ["type", "updatedAt", "leaseEnds"],
    },
  },
} as const;
