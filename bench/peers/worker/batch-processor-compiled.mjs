import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { processCompiled } from "./process-record.mjs";

const processor = new BatchProcessor(EventType.SQS);

/** As batch-processor.mjs, with a compiled schema, as the service has it. */
export const handler = (event, context) =>
  processPartialResponse(event, processCompiled, processor, { context });
