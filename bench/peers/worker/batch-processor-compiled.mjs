import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { workOnCompiled } from "./work-on.mjs";

const processor = new BatchProcessor(EventType.SQS);

/** As batch-processor.mjs, by a compiled schema, as ours reads messages. */
export const handler = (event, context) =>
  processPartialResponse(event, workOnCompiled, processor, { context });
