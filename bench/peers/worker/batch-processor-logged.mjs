import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { Logger } from "@aws-lambda-powertools/logger";
import { processRecord } from "./process-record.mjs";

const processor = new BatchProcessor(EventType.SQS);
const logger = new Logger({ serviceName: process.env.SERVICE_NAME, logLevel: "INFO" });

async function workAndLog(record) {
  const result = await processRecord(record);
  logger.info("succeeded", { messageId: record.messageId, result });
  return result;
}

/** As batch-processor.mjs, with the line that the service logs for each task. */
export const handler = (event, context) => processPartialResponse(event, workAndLog, processor, { context });
