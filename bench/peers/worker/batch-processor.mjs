import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { processRecord } from "./process-record.mjs";

const processor = new BatchProcessor(EventType.SQS);

/** Powertools' batch utility, used as in its documentation. */
export const handler = (event, context) =>
  processPartialResponse(event, processRecord, processor, { context });
