import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { asError } from "../../runtime/as-error";
import { forEachConcurrently } from "../../runtime/concurrently";
import { awsTraceHeaderOf } from "../../runtime/trace";
import { batchesOf } from "./message-batches";
import { encodeMessage, maxMessageBytes, messageBytes, type TaskMessage } from "../../tasks/message";
import { codeOf, isOneOf, messageRejections } from "../permanent-rejection";
import type { SendReport, TaskQueue } from "../../tasks/task-queue";

/** Batches on their way at once: enough to hide SQS's round trip, few enough for the client's connections. */
const concurrentBatches = 5;

/** After one of these errors a batch is sent again message by message, to find the rejected ones. */
const batchRejections: readonly string[] = [
  ...messageRejections,
  "BatchRequestTooLong",
  "SerializationException",
];

/**
 * A message group makes a standard queue a fair queue: a group with a large share of the messages in flight does not
 * delay the others. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html
 */
function entryOf(message: TaskMessage) {
  const StringValue = awsTraceHeaderOf(message);
  return {
    MessageBody: encodeMessage(message),
    ...(message.group !== undefined && { MessageGroupId: message.group }),
    // Does not count in the size of a message.
    ...(StringValue !== undefined && {
      MessageSystemAttributes: { AWSTraceHeader: { DataType: "String", StringValue } },
    }),
  };
}

interface OpenReport {
  readonly sent: TaskMessage[];
  readonly rejected: SendReport["rejected"][number][];
  readonly failed: SendReport["failed"][number][];
}

/** The task queue in SQS. */
export class SqsTaskQueue implements TaskQueue {
  constructor(
    private readonly sqs: SQSClient,
    private readonly queueUrl: string,
  ) {}

  async send(message: TaskMessage): Promise<void> {
    await this.sqs.send(new SendMessageCommand({ QueueUrl: this.queueUrl, ...entryOf(message) }));
  }

  async sendAll(messages: readonly TaskMessage[]): Promise<SendReport> {
    const report: OpenReport = { sent: [], rejected: [], failed: [] };
    const batches = batchesOf(messages, messageBytes, maxMessageBytes);
    await forEachConcurrently(batches, concurrentBatches, (batch) => this.sendBatch(batch, report));
    return report;
  }

  async changeVisibility(receiptHandle: string, seconds: number): Promise<void> {
    await this.sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: this.queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      }),
    );
  }

  async deleteMessage(receiptHandle: string): Promise<void> {
    await this.sqs.send(new DeleteMessageCommand({ QueueUrl: this.queueUrl, ReceiptHandle: receiptHandle }));
  }

  private async sendBatch(batch: readonly TaskMessage[], report: OpenReport): Promise<void> {
    const Entries = batch.map((message, at) => ({ Id: String(at), ...entryOf(message) }));
    try {
      const { Successful = [], Failed = [] } = await this.sqs.send(
        new SendMessageBatchCommand({ QueueUrl: this.queueUrl, Entries }),
      );
      const confirmed = new Set(Successful.map(({ Id }) => Id));
      for (const [at, message] of batch.entries()) {
        const { SenderFault, Code, Message } = Failed.find(({ Id }) => Id === String(at)) ?? {};
        if (confirmed.has(String(at))) report.sent.push(message);
        else if (SenderFault === true && isOneOf(messageRejections, Code))
          report.rejected.push({ message, code: codeOf(Code) });
        else
          report.failed.push({ message, error: new Error(`${Code ?? "Not confirmed"}: ${Message ?? ""}`) });
      }
    } catch (error) {
      if (isOneOf(batchRejections, asError(error).name))
        for (const message of batch) await this.sendAlone(message, report);
      else report.failed.push(...batch.map((message) => ({ message, error: asError(error) })));
    }
  }

  private async sendAlone(message: TaskMessage, report: OpenReport): Promise<void> {
    try {
      await this.send(message);
      report.sent.push(message);
    } catch (thrown) {
      const error = asError(thrown);
      if (isOneOf(messageRejections, error.name)) report.rejected.push({ message, code: codeOf(error.name) });
      else report.failed.push({ message, error });
    }
  }
}
