import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { createAdapters } from "../shared/adapters";
import { readEnvironment } from "../shared/environment";
import { createLogger } from "../shared/logger";
import { secretReader, secretsClient } from "../shared/secrets";
import { workerEnvironment } from "./env";
import { processBatch } from "./process-batch";
import type { WorkerDependencies } from "./process-message";

const environment = readEnvironment(workerEnvironment, process.env);
const log = createLogger(environment);
const dependencies: WorkerDependencies = {
  ...createAdapters(environment),
  secret: secretReader(
    secretsClient(),
    { arns: environment.SECRET_ARNS, maxAgeSeconds: environment.SECRET_MAX_AGE_SECONDS },
    log,
  ),
  log,
  now: () => new Date(),
  random: Math.random,
};

/** Works on a batch of messages from the task queue. */
export const handler = ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  const deadline = new Date(Date.now() + context.getRemainingTimeInMillis());
  return processBatch(Records, { maxReceiveCount: environment.MAX_RECEIVE_COUNT, deadline }, dependencies);
};
