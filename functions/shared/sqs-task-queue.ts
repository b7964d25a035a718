import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  SendMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { concurrently } from "./concurrently";
import { encodeMessage, type TaskMessage } from "./message";
import type { TaskQueue } from "./task-queue";

/** Messages on their way at once: enough to hide SQS's round trip, few enough for the client's connections. */
const concurrentSends = 20;

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

  /**
   * One message a call: a batch may hold no more bytes than a single message, and the emulator asks for a permission
   * for batches that IAM does not know.
   */
  async sendAll(messages: readonly TaskMessage[]): Promise<TaskMessage[]> {
    const sent: TaskMessage[] = [];
    await concurrently(messages, concurrentSends, (message) =>
      this.send(message).then(
        () => void sent.push(message),
        // Not confirmed; the caller sees that it is missing.
        () => undefined,
      ),
    );
    return sent;
  }

  async postpone(receiptHandle: string, seconds: number): Promise<void> {
    await this.sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: this.queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      }),
    );
  }

  async remove(receiptHandle: string): Promise<void> {
    await this.sqs.send(new DeleteMessageCommand({ QueueUrl: this.queueUrl, ReceiptHandle: receiptHandle }));
  }
}
