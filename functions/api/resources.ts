/** Queues, tables and buckets that routes use: `resources` in their context. */
export const apiResources = {};
