/**
 * The shape of the DynamoDB table: deploy/20_infra creates it, the task repository reads and writes it.
 * All keys are strings. An item enters an index by carrying the index's two keys, and leaves it by dropping them.
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
  indexes: {
    /** Every task, newest last, spread over `shards` partitions: `LIST#<shard>`, task id. */
    byCreation: { name: "by-creation", partitionKey: "listShard", sortKey: "listKey" },
    /** Tasks by state, spread the same way: `<state>#<shard>`, task id. */
    byState: { name: "by-state", partitionKey: "stateShard", sortKey: "stateKey" },
    /** Created tasks whose message is not known to be published: `OUTBOX#<shard>`, task id. */
    outbox: { name: "outbox", partitionKey: "outboxShard", sortKey: "outboxKey" },
  },
} as const;
