import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
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
  async sendAll(messages: readonly TaskMessage[]): Promise<ReadonlySet<string>> {
    const waiting = messages.values();
    const sent = new Set<string>();
    const sendNext = async () => {
      for (const message of waiting) {
        await this.send(message).then(
          () => sent.add(message.taskId),
          // Not confirmed; the caller sees that it is missing.
          () => undefined,
        );
      }
    };
    await Promise.all(Array.from({ length: concurrentSends }, sendNext));
    return sent;
  }
}
