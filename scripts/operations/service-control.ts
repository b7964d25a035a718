import { setTimeout as delay } from "node:timers/promises";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { ListObjectsV2Command, NoSuchBucket, type S3Client } from "@aws-sdk/client-s3";
import { SQSClient } from "@aws-sdk/client-sqs";
import { functionNames, queues } from "@serverless-tasks/functions/service";
import { regionalArn } from "../../deploy/shared/arn";
import { partitionOf } from "../../deploy/shared/aws-partition";
import { liveAlias, namePrefix, naming } from "../../deploy/shared/naming";
import { layers } from "../../deploy/shared/layers";
import { findAlarms, statesOf } from "../../packages/cloudwatch-alarms/src/alarms";
import { PrintedLines } from "../../packages/command-line/src/printed-lines";
import { EventSources } from "../../packages/event-sources/src/event-sources";
import { stopOnInterrupt } from "../../packages/local-cloud/src/interrupt";
import { statusText, type ServiceStatus } from "../../packages/service-status/src/print";
import { functionStatus, queueStatus } from "../../packages/service-status/src/service-status";
import type { EnvironmentAccount } from "../bootstrap/environment-account";

const queueParts = Object.values(queues).map(({ name }) => name);
/** The queues of the service with their dead-letter queues, and that of events. */
const allQueueParts = [...queueParts.flatMap((name) => [name, `${name}-dlq`]), "events-dlq"];

/** The event source mappings of the queues, and the rules of schedules and of the sweep. */
export function eventSources({ config, client, account: account_id }: EnvironmentAccount): EventSources {
  const { region } = config.core;
  const context = { partition: partitionOf(region), region, account_id };
  return new EventSources({
    lambda: new LambdaClient(client),
    events: new EventBridgeClient(client),
    eventSourceArns: queueParts.map((name) => regionalArn(context, "sqs", naming(config)(name))),
    rulePrefix: `${namePrefix(config)}-`,
  });
}

/** Live versions, last deployments, queue depths, event sources and alarms. */
export async function serviceStatus(account: EnvironmentAccount): Promise<ServiceStatus> {
  const { config, client, clients, isAws } = account;
  const nameOf = naming(config);
  const sqs = new SQSClient({ ...client, useQueueUrlAsEndpoint: isAws });
  const [functions, depths, sources, alarms, deployments] = await Promise.all([
    functionStatus(new LambdaClient(client), functionNames.map(nameOf), liveAlias),
    queueStatus(sqs, allQueueParts.map(nameOf)),
    eventSources(account).list(),
    findAlarms(new CloudWatchClient(client), nameOf("")).then(statesOf),
    Promise.all(
      layers.map(async (name) => ({ name, at: await lastApplied(clients.s3, config.backends[name]) })),
    ),
  ]);
  const states = alarms.map(({ name, state, since }) => ({ name, state, since }));
  return { functions, deployments, queues: depths, sources, alarms: states };
}

/**
 * When Terraform wrote a layer's state last. It lists the bucket, since reading the state would need a permission for its
 * contents.
 */
async function lastApplied(s3: S3Client, { bucket, key }: { readonly bucket: string; readonly key: string }) {
  const { Contents = [] } = await s3
    .send(new ListObjectsV2Command({ Bucket: bucket, Prefix: key }))
    .catch((error: unknown) => {
      if (error instanceof NoSuchBucket) return { Contents: [] };
      throw error;
    });
  return Contents.find(({ Key }) => Key === key)?.LastModified?.toISOString();
}

const watchMilliseconds = 5_000;

/** The status every five seconds until Ctrl-C. */
export function watchStatus(account: EnvironmentAccount): PrintedLines<ServiceStatus> {
  const signal = stopOnInterrupt();
  async function* statuses() {
    while (!signal.aborted) {
      yield await serviceStatus(account);
      await delay(watchMilliseconds, undefined, { signal }).catch(() => undefined);
    }
  }
  // A terminal shows one screen; a file gets one status below the other.
  const start = process.stdout.isTTY ? "\u001b[2J\u001b[H" : "";
  return new PrintedLines(statuses(), {
    json: (status) => status,
    readable: (status) => `${start}${statusText(status)}`,
  });
}
