import {
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";

/** An SQS queue of the service. */
export class Queue {
  constructor(
    private readonly sqs: SQSClient,
    readonly url: string,
  ) {}

  async send(body: string): Promise<void> {
    await this.sqs.send(new SendMessageCommand({ QueueUrl: this.url, MessageBody: body }));
  }

  /** Removes all messages. */
  async purge(): Promise<void> {
    await this.sqs.send(new PurgeQueueCommand({ QueueUrl: this.url }));
  }

  /** Number of visible and in-flight messages. */
  async size(): Promise<number> {
    const { Attributes = {} } = await this.sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: this.url,
        AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
      }),
    );
    return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
  }

  /** Bodies of up to ten messages, which stay visible. */
  async peek(): Promise<string[]> {
    const { Messages = [] } = await this.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: this.url, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }),
    );
    return Messages.map(({ Body = "" }) => Body);
  }

  /** Runs work while failed messages are delivered again after one second. */
  withFastRetries<T>(work: () => Promise<T>): Promise<T> {
    return this.withVisibilityTimeout(1, work);
  }

  /** Runs work with another visibility timeout, and restores the one that Terraform has set. */
  async withVisibilityTimeout<T>(seconds: number, work: () => Promise<T>): Promise<T> {
    const { Attributes = {} } = await this.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: this.url, AttributeNames: ["VisibilityTimeout"] }),
    );
    await this.setVisibilityTimeout(String(seconds));
    try {
      return await work();
    } finally {
      await this.setVisibilityTimeout(Attributes.VisibilityTimeout ?? "");
    }
  }

  private async setVisibilityTimeout(VisibilityTimeout: string): Promise<void> {
    await this.sqs.send(
      new SetQueueAttributesCommand({ QueueUrl: this.url, Attributes: { VisibilityTimeout } }),
    );
  }
}
