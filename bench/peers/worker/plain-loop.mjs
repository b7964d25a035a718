import { workOn } from "./work-on.mjs";

/** One message after the other, and the failed ones named: as little as a partial batch response takes. */
export const handler = async ({ Records }) => {
  const batchItemFailures = [];
  for (const record of Records) {
    try {
      await workOn(record);
    } catch {
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
};
