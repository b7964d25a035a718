/**
 * The shape of the DynamoDB table: deploy/20_infra creates it, the task repository reads and writes it.
 * All keys are strings. An item enters an index by carrying the index's two keys, and leaves it by dropping them.
 */
export const tableSchema = {
  partitionKey: "pk",
  sortKey: "sk",
  /** Epoch seconds after which DynamoDB deletes the item. */
  timeToLive: "expiresAt",
  indexes: {
    /** Every task, newest last, spread over `TABLE_SHARDS` partitions: `LIST#<shard>`, task id. */
    byCreation: { name: "by-creation", partitionKey: "listShard", sortKey: "listKey" },
    /** Tasks by state, spread the same way: `<state>#<shard>`, task id. */
    byState: { name: "by-state", partitionKey: "stateShard", sortKey: "stateKey" },
    /** Accepted tasks whose message is not yet known to be sent: `OUTBOX#<shard>`, task id. */
    outbox: { name: "outbox", partitionKey: "outboxShard", sortKey: "outboxKey" },
  },
} as const;
