import {
  DeleteMessageCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  type Message,
} from "@aws-sdk/client-sqs";
import { naming } from "../../deploy/shared/naming";
import type { EnvironmentAccount } from "../bootstrap/environment-account";

/** Long enough to move a batch; if the process is killed, the messages are visible again after this time. */
const visibilitySeconds = 10;

/** Moves the dead letters of an environment's tasks back to the task queue, and prints how many. */
export async function redrive({ config, client, isAws }: EnvironmentAccount): Promise<void> {
  const sqs = new SQSClient({ ...client, useQueueUrlAsEndpoint: isAws });
  const nameOf = naming(config);
  const urlOf = async (queue: string) =>
    (await sqs.send(new GetQueueUrlCommand({ QueueName: nameOf(queue) }))).QueueUrl ?? "";
  const [from, to] = await Promise.all([urlOf("tasks-dlq"), urlOf("tasks")]);
  const report = (count: number) => {
    console.log(`  ${count} moved`);
  };
  const moved = await moveMessages({ sqs, from, to, report });
  console.log(moved === 0 ? "There were none." : `Moved ${moved} dead letters back to the task queue.`);
}

interface MoveOptions {
  readonly sqs: SQSClient;
  readonly from: string;
  readonly to: string;
  /** Called after each batch with the number of moved messages. */
  readonly report: (moved: number) => void;
}

/**
 * Moves all messages of a queue to another one. Each is sent before it is deleted: if the process is killed in between,
 * it is in both queues, and the worker runs its task once.
 * @returns the number of messages
 */
async function moveMessages({ sqs, from, to, report }: MoveOptions): Promise<number> {
  let moved = 0;
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: from,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: visibilitySeconds,
        WaitTimeSeconds: 1,
        MessageAttributeNames: ["All"],
      }),
    );
    if (Messages.length === 0) return moved;
    for (const message of Messages) await move(message, from, to, sqs);
    moved += Messages.length;
    report(moved);
  }
}

async function move(message: Message, from: string, to: string, sqs: SQSClient): Promise<void> {
  const { Body: MessageBody = "", MessageAttributes, ReceiptHandle } = message;
  await sqs.send(new SendMessageCommand({ QueueUrl: to, MessageBody, MessageAttributes }));
  await sqs.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle }));
}
