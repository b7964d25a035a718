import { setTimeout as delay } from "node:timers/promises";
import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { localClientConfig } from "../../packages/local-cloud/src/aws-clients";
import type { AppOutputs } from "../../scripts/local/applied";
import { deployLocally } from "../../scripts/local/deploy-locally";
import { openLocalCloud, type LocalCloud, type LocalCloudOptions } from "../../scripts/local/local-cloud";
import { queueNotDrained } from "./errors";

const pollMilliseconds = 250;
const longestDrainSeconds = 900;

/** Runs work on a cloud that is started as by `npm start`, and stops it afterwards. */
export async function withStartedCloud<T>(
  options: LocalCloudOptions,
  work: (cloud: LocalCloud, outputs: AppOutputs) => T | Promise<T>,
): Promise<T> {
  const cloud = await openLocalCloud(options);
  try {
    return await work(cloud, await deployLocally(cloud, options));
  } finally {
    await cloud.close();
  }
}

/** Waits until the worker has processed all tasks. */
export async function untilEmpty(
  cloud: LocalCloud,
  outputs: AppOutputs,
  report: (line: string) => void,
  interrupted: AbortSignal,
): Promise<void> {
  const sqs = new SQSClient(localClientConfig(cloud.target));
  const QueueUrl = await taskQueueUrl(cloud, outputs);
  const deadline = performance.now() + longestDrainSeconds * 1000;
  for (;;) {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl,
        AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
      }),
    );
    const left = Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
    if (left === 0) return;
    if (performance.now() > deadline) throw queueNotDrained(left, longestDrainSeconds);
    report(`${left} tasks left`);
    await delay(pollMilliseconds, undefined, { signal: interrupted });
  }
}

const taskQueueUrl = async (cloud: LocalCloud, outputs: AppOutputs) =>
  (await workerVariables(cloud, outputs)).TASK_QUEUE_URL;

/** The environment variables of the deployed worker. */
export async function workerVariables(
  { target }: LocalCloud,
  outputs: AppOutputs,
): Promise<Readonly<Record<string, string>>> {
  const lambda = new LambdaClient(localClientConfig(target));
  const FunctionName = outputs.worker_function_name;
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  return Environment?.Variables ?? {};
}
