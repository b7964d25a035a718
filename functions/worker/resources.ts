/** Queues, tables and buckets that task types use: `resources` in their context. */
export const workerResources = {};
