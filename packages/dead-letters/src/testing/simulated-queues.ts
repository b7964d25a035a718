import { createHash } from "node:crypto";
import * as z from "zod";
import { success } from "../../../aws-stub/src/aws-responses";
import { startAwsStub, type AwsCall, type AwsResponse, type AwsStub } from "../../../aws-stub/src/aws-stub";

interface StoredMessage {
  readonly id: string;
  readonly body: string;
  readonly sentAt: Date;
  /** Its message group, in a fair queue. */
  readonly group: string | undefined;
  isHidden: boolean;
}

const call = z.object({
  QueueUrl: z.string(),
  MessageBody: z.string().default(""),
  MessageGroupId: z.string().optional(),
  MaxNumberOfMessages: z.number().default(1),
  ReceiptHandle: z.string().default(""),
  Entries: z.array(z.object({ Id: z.string(), ReceiptHandle: z.string() })).default([]),
});

const md5 = (body: string) => createHash("md5").update(body).digest("hex");

/** Two SQS queues that receive, send, delete and release messages, as far as moving messages needs it. */
export class SimulatedQueues {
  /** Returns another response to a call, such as a failure. */
  intercept: (call: AwsCall) => AwsResponse | undefined = () => undefined;
  readonly operations: string[] = [];
  private readonly queues = new Map<string, StoredMessage[]>();
  private stub: AwsStub | undefined;
  private sent = 0;

  async start(): Promise<void> {
    this.stub = await startAwsStub((given) => this.respond(given));
  }

  stop(): void {
    this.stub?.stop();
  }

  get endpoint(): string {
    return this.stub?.endpoint ?? "";
  }

  url = (name: string): string => `${this.endpoint}/${name}`;
  bodies = (name: string): string[] => this.messages(name).map(({ body }) => body);
  groups = (name: string) => this.messages(name).map(({ group }) => group);
  hidden = (name: string): number => this.messages(name).filter(({ isHidden }) => isHidden).length;

  put(name: string, body: string, sentAt = new Date(Date.now() - 1_000), group?: string): void {
    this.sent += 1;
    this.messages(name).push({ id: `message-${this.sent}`, body, sentAt, group, isHidden: false });
  }

  /** The visibility timeout of all received messages has ended. */
  makeVisible(name: string): void {
    for (const message of this.messages(name)) message.isHidden = false;
  }

  private messages(name: string): StoredMessage[] {
    const messages = this.queues.get(name) ?? [];
    this.queues.set(name, messages);
    return messages;
  }

  private respond(given: AwsCall): AwsResponse | undefined {
    const operation = given.operation.replace("AmazonSQS.", "");
    this.operations.push(operation);
    const other = this.intercept(given);
    if (other !== undefined) return other;
    const { QueueUrl, ...input } = call.parse(JSON.parse(given.body));
    const name = QueueUrl.slice(QueueUrl.lastIndexOf("/") + 1);
    switch (operation) {
      case "ReceiveMessage":
        return success({ Messages: this.receive(name, input.MaxNumberOfMessages) });
      case "DeleteMessage":
        this.queues.set(
          name,
          this.messages(name).filter(({ id }) => id !== input.ReceiptHandle),
        );
        return success({});
      case "SendMessage":
        this.put(name, input.MessageBody, undefined, input.MessageGroupId);
        return undefined;
      case "ChangeMessageVisibilityBatch":
        for (const message of this.messages(name))
          if (input.Entries.some(({ ReceiptHandle }) => ReceiptHandle === message.id))
            message.isHidden = false;
        return success({ Successful: input.Entries.map(({ Id }) => ({ Id })), Failed: [] });
      default:
        return undefined;
    }
  }

  private receive(name: string, most: number) {
    const received = this.messages(name)
      .filter(({ isHidden }) => !isHidden)
      .slice(0, most);
    for (const message of received) message.isHidden = true;
    return received.map(({ id, body, sentAt, group }) => ({
      MessageId: id,
      ReceiptHandle: id,
      Body: body,
      MD5OfBody: md5(body),
      Attributes: { SentTimestamp: String(sentAt.getTime()), MessageGroupId: group },
    }));
  }
}
