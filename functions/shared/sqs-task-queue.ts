import { SendMessageBatchCommand, SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { encodeMessage, largestMessageBytes, messageBytes, type TaskMessage } from "./message";
import type { TaskQueue } from "./task-queue";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
const largestBatch = 10;

/** The task queue in SQS. */
export class SqsTaskQueue implements TaskQueue {
  constructor(
    private readonly sqs: SQSClient,
    private readonly queueUrl: string,
  ) {}

  async send(message: TaskMessage): Promise<void> {
    await this.sqs.send(
      new SendMessageCommand({ QueueUrl: this.queueUrl, MessageBody: encodeMessage(message) }),
    );
  }

  async sendAll(messages: readonly TaskMessage[]): Promise<ReadonlySet<string>> {
    const sent = await Promise.all(batches(messages).map((batch) => this.sendBatch(batch)));
    return new Set(sent.flat());
  }

  /** A batch that fails as a whole confirms none of its messages. */
  private async sendBatch(batch: readonly TaskMessage[]): Promise<string[]> {
    const Entries = batch.map((message, at) => ({ Id: String(at), MessageBody: encodeMessage(message) }));
    const { Successful = [] } = await this.sqs.send(
      new SendMessageBatchCommand({ QueueUrl: this.queueUrl, Entries }),
    );
    return Successful.flatMap(({ Id }) => batch[Number(Id)]?.taskId ?? []);
  }
}

/** Splits messages so that no batch has too many, or is too large in all: the limit of a batch is that of a message. */
export function batches(messages: readonly TaskMessage[]): TaskMessage[][] {
  const all: TaskMessage[][] = [];
  let room = 0;
  for (const message of messages) {
    const bytes = messageBytes(message);
    const last = all.at(-1);
    if (last === undefined || last.length === largestBatch || bytes > room) {
      all.push([message]);
      room = largestMessageBytes - bytes;
    } else {
      last.push(message);
      room -= bytes;
    }
  }
  return all;
}
