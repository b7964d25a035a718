import { processRecord } from "./process-record.mjs";

/** The least code for a partial batch response: processes the records in order, and returns the failed ones. */
export const handler = async ({ Records }) => {
  const batchItemFailures = [];
  for (const record of Records) {
    try {
      await processRecord(record);
    } catch {
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
};
