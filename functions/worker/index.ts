import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { readSettings } from "../settings";
import { createAdapters } from "../shared/aws/adapters";
import { messageSender } from "../shared/aws/sqs/message-sender";
import { readEnvironment } from "../shared/runtime/environment";
import { createLogger } from "../shared/runtime/logger";
import { createMetrics } from "../shared/runtime/metrics";
import { secretReader } from "../shared/aws/secrets/secrets";
import { secretsClient } from "../shared/aws/secrets/secrets-client";
import { workerEnvironment } from "./env";
import { processBatch } from "./batch/process-batch";
import type { WorkerDependencies } from "./attempt/process-message";
import { taskTypeNames } from "./handlers";
import { readMessage } from "./batch/read-message";
import { workerResources } from "./resources";
import { logUnhandledRejections } from "./batch/unhandled-rejections";

const environment = readEnvironment(workerEnvironment, process.env);
const log = createLogger(environment);
const dependencies: WorkerDependencies = {
  ...createAdapters(environment),
  sendDeadLetter: messageSender(environment.DEAD_LETTER_QUEUE_URL),
  secret: secretReader(
    secretsClient,
    { arns: environment.SECRET_ARNS, maxAgeSeconds: environment.SECRET_MAX_AGE_SECONDS },
    log,
  ),
  resources: workerResources,
  settings: readSettings(process.env),
  log,
  metrics: createMetrics(environment, taskTypeNames),
  now: () => new Date(),
  random: Math.random,
};

let latest: SQSEvent["Records"] = [];
// A promise that was not awaited may be rejected during a later batch: then it belongs to none of these.
logUnhandledRejections(log, () => ({ taskIds: latest.map(({ body }) => readMessage(body).ids.taskId) }));

/** Processes a batch of messages of the task queue. */
export const handler = ({ Records }: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
  latest = Records;
  const deadline = new Date(Date.now() + context.getRemainingTimeInMillis());
  return processBatch(Records, { maxReceiveCount: environment.MAX_RECEIVE_COUNT, deadline }, dependencies);
};
