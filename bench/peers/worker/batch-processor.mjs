import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { workOn } from "./work-on.mjs";

const processor = new BatchProcessor(EventType.SQS);

/** Powertools' batch utility, as its documentation has it. */
export const handler = (event, context) => processPartialResponse(event, workOn, processor, { context });
