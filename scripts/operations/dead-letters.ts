import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { GetQueueUrlCommand, QueueDoesNotExist, SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { DynamoTaskRepository } from "@serverless-tasks/functions/shared/aws/dynamodb/dynamo-task-repository";
import { parseJson } from "@serverless-tasks/functions/shared/runtime/parse-json";
import { encodeMessage } from "@serverless-tasks/functions/shared/tasks/message";
import { jsonObject } from "@serverless-tasks/functions/shared/tasks/task";
import { otherQueues, queues, type QueueName } from "@serverless-tasks/functions/service";
import { UnreadableTaskError } from "@serverless-tasks/functions/shared/tasks/task-repository";
import { findTaskType } from "@serverless-tasks/functions/worker/attempt/run-task";
import { readMessage } from "@serverless-tasks/functions/worker/batch/read-message";
import type { TasksClient } from "../../client";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { hasPostgres } from "../../deploy/config/task-store";
import { regionalArn } from "../../deploy/shared/arn";
import { partitionOf } from "../../deploy/shared/aws-partition";
import { naming } from "../../deploy/shared/naming";
import type { DeadLetterContext } from "../../packages/dead-letters/src/commands";
import {
  DeadLetterQueue,
  type DeadLetterQueueProps,
  type MessageAttributes,
} from "../../packages/dead-letters/src/dead-letter-queue";
import type { PeekProps } from "../../packages/dead-letters/src/peek";
import { queueMessages } from "../../packages/local-cloud/src/queue-messages";
import { moveAllMessages } from "../../packages/dead-letters/src/message-move";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { notDeployed, wrongUsage } from "../core/errors";
import { EventDeadLetters, invokeProducer } from "./event-dead-letters";
import { reasonsFromApi, type ReadReason } from "./task-reasons";

/** A queue, or the events of schedules and of the sweep. */
export type DeadLetterSource = QueueName | "events";

/** A queue of dead letters: moves and deletes them, or reads them while they stay visible for others. */
export interface OpenedDeadLetters extends DeadLetterContext {
  readonly peek: PeekProps;
}

/**
 * The dead letters of a queue. The reason of a task's is on the task or, if tasks are not stored, in the message.
 * @param openApi for the reasons of tasks in PostgreSQL, which is reached from its network only
 */
export async function deadLetters(
  { config, client, account, isAws }: Pick<EnvironmentAccount, "config" | "client" | "account" | "isAws">,
  name: DeadLetterSource,
  openApi: () => Promise<TasksClient>,
): Promise<OpenedDeadLetters> {
  const sqs = new SQSClient({ ...client, useQueueUrlAsEndpoint: isAws });
  const nameOf = naming(config);
  const urlOf = async (queue: string) => {
    const { QueueUrl = "" } = await sqs
      .send(new GetQueueUrlCommand({ QueueName: nameOf(queue) }))
      .catch((cause: unknown) => {
        if (!(cause instanceof QueueDoesNotExist)) throw cause;
        throw notDeployed(`There is no queue ${nameOf(queue)}.`, "infra", config.name, cause);
      });
    return QueueUrl;
  };
  const peekable = (props: DeadLetterQueueProps): PeekProps => ({
    ...props,
    ...(!isAws &&
      client.endpoint !== undefined && {
        browse: browser({ endpoint: client.endpoint, account, region: config.core.region }, props.url),
      }),
  });
  if (name === "events") {
    const letters = new EventDeadLetters(config);
    const describe = (body: string, attributes: MessageAttributes) =>
      Promise.resolve(letters.describe(body, attributes));
    const props = { sqs, url: await urlOf("events-dlq"), describe };
    return {
      queue: new DeadLetterQueue(props),
      peek: peekable(props),
      to: invokeProducer(new LambdaClient(client), nameOf("producer"), letters),
      withPayload: refusePayload,
    };
  }
  const [from, destination] = [`${queues[name].name}-dlq`, queues[name].name];
  const [url, to] = await Promise.all([urlOf(from), urlOf(destination)]);
  const moveAll = isAws ? moveBySqs(sqs, config, account, nameOf(from), nameOf(destination)) : undefined;
  if (otherQueues.includes(name)) {
    const describe = () => Promise.resolve({ type: name, reason: "No reason is stored" });
    const props = { sqs, url, describe };
    const queue = new DeadLetterQueue(props);
    return { queue, peek: peekable(props), to, moveAll, withPayload: refusePayload };
  }
  const readReason = reasonsOf(config, client, openApi);
  const describe = async (body: string) => {
    const { taskId: id, type } = readMessage(body).ids;
    const reason = id === undefined ? undefined : await readReason(id);
    return { id, type: type === "" ? "unknown" : type, reason: reason ?? problemOf(body) };
  };
  const props = { sqs, url, describe };
  return { queue: new DeadLetterQueue(props), peek: peekable(props), to, moveAll, withPayload };
}

const browser = (...given: Parameters<typeof queueMessages>) => {
  return () => queueMessages(...given);
};

/** A message move task of SQS; the emulator has none. */
function moveBySqs(
  sqs: SQSClient,
  { core: { region } }: EnvironmentConfig,
  account_id: string,
  from: string,
  to: string,
): DeadLetterContext["moveAll"] {
  const arnOf = (queue: string) =>
    regionalArn({ partition: partitionOf(region), region, account_id }, "sqs", queue);
  return (rate) =>
    moveAllMessages(sqs, {
      ...{ sourceArn: arnOf(from), destinationArn: arnOf(to), rate },
      onProgress: (moved, of) => {
        console.log(`  SQS has moved ${moved}${of === undefined ? "" : ` of about ${of}`} messages`);
      },
    });
}

const refusePayload = () => {
  throw wrongUsage("Expected the task queue with --payload: messages of other queues have no task type.");
};

/** Reads the reasons of tasks where they are stored. */
function reasonsOf(
  config: EnvironmentConfig,
  client: EnvironmentAccount["client"],
  openApi: () => Promise<TasksClient>,
): ReadReason {
  if (hasPostgres(config.infra)) return reasonsFromApi(openApi);
  if (!config.infra.table.enabled) return () => Promise.resolve(undefined);
  const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient(client));
  const repository = new DynamoTaskRepository(dynamo, naming(config)("tasks"));
  return async (id) => (await repository.get(id).catch(unreadable))?.error;
}

function unreadable(error: unknown): { readonly error: string } {
  if (error instanceof UnreadableTaskError) return { error: error.message };
  throw error;
}

/** What a message itself has of a reason. */
export function problemOf(body: string): string {
  const { message } = readMessage(body);
  if (message instanceof Error) return message.message;
  const taskType = findTaskType(message.type);
  if (taskType === undefined) return "The task type is unknown";
  const { success } = taskType.payload.safeParse(message.payload);
  return success ? "No reason is stored" : "The payload does not match the schema of its type";
}

/**
 * The message of a dead letter with another payload.
 * @throws {UsageError} when it does not match the schema of the task type
 */
export function withPayload(body: string, payload: unknown): string {
  const { message, ids } = readMessage(body);
  const taskType = findTaskType(ids.type);
  if (message instanceof Error || taskType === undefined)
    throw wrongUsage("Expected a dead letter of a known task type, found another message.");
  const { success, error } = taskType.payload.safeParse(payload);
  if (!success) throw wrongUsage(`The payload does not match the schema of ${ids.type}: ${error.message}`);
  // Keys of a newer version of the message are kept.
  const sent = jsonObject.parse(parseJson(body));
  return encodeMessage({ ...sent, ...message, payload: jsonObject.parse(payload) });
}
