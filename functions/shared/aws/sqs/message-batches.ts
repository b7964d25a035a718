/**
 * Entries of one call of SendMessageBatch:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html
 */
export const maxBatchSize = 10;

/**
 * Splits items into batches, in their order, by number and by the sum of their sizes. An item that is larger than a
 * batch may be is alone in its own.
 */
export function* batchesOf<Item>(
  items: Iterable<Item>,
  bytesOf: (item: Item) => number,
  mostBytes: number,
): Generator<Item[]> {
  let batch: Item[] = [];
  let batchBytes = 0;
  for (const item of items) {
    const bytes = bytesOf(item);
    if (batch.length > 0 && (batch.length === maxBatchSize || batchBytes + bytes > mostBytes)) {
      yield batch;
      batch = [];
      batchBytes = 0;
    }
    batch.push(item);
    batchBytes += bytes;
  }
  if (batch.length > 0) yield batch;
}
