import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type Message,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { pacer } from "../../command-line/src/pacer";
import { isSelected, type DeadLetter, type DeadLetterFilter, type MessageDescription } from "./dead-letter";

/** The most messages of a batch: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const batchSize = 10;

/**
 * How long received messages are hidden: twice as long as a batch takes at a rate of one message per second. After this
 * time the messages of a process that was killed are visible again.
 */
const holdSeconds = 20;

/** Batches without an unknown message after which a queue that never becomes empty counts as read. */
const mostKnownBatches = 20;

/** The values of a message's string attributes, by name. */
export type MessageAttributes = Readonly<Record<string, string | undefined>>;

export interface DeadLetterQueueProps {
  readonly sqs: SQSClient;
  readonly url: string;
  readonly describe: (body: string, attributes: MessageAttributes) => Promise<MessageDescription>;
}

export interface SelectOptions {
  readonly filter?: DeadLetterFilter;
  /** The most dead letters to select. */
  readonly limit?: number | undefined;
}

export interface ChangeOptions extends SelectOptions {
  /** The most dead letters per second. */
  readonly rate?: number | undefined;
  /** Called after each dead letter. */
  readonly onChanged?: (letter: DeadLetter) => void;
}

export interface MoveOptions extends ChangeOptions {
  /** The URL of a queue, or a function that hands a body to its consumer. If it throws, the dead letter stays where it is. */
  readonly to: string | ((body: string) => Promise<void>);
  /** The body to send; by default the dead letter's. If it throws, the dead letter stays where it is. */
  readonly bodyOf?: (letter: DeadLetter) => string;
}

interface Received {
  readonly letter: DeadLetter;
  readonly message: Message;
}

/**
 * The messages of a dead-letter queue. Each is received once, and is visible again at the end unless it was moved or
 * deleted.
 */
export class DeadLetterQueue {
  constructor(private readonly props: DeadLetterQueueProps) {}

  /** The selected dead letters. They stay in the queue. */
  async *select(options: SelectOptions = {}): AsyncGenerator<DeadLetter> {
    for await (const { letter } of this.receive(options, new Map())) yield letter;
  }

  /**
   * Moves the selected dead letters to another queue or a consumer. Each is sent before it is deleted: if the process is
   * killed in between, it is in both, and the receiver must tolerate a message twice. To resume, move again.
   * A message that fails again meanwhile was sent after the start, and is not moved a second time: otherwise a move whose
   * cause is not fixed would never end.
   * @returns how many
   */
  move({ to, bodyOf = ({ body }) => body, ...options }: MoveOptions): Promise<number> {
    const { sentBefore: given = new Date() } = options.filter ?? {};
    const sentBefore = new Date(Math.min(given.getTime(), Date.now()));
    const ofNow = { ...options, filter: { ...options.filter, sentBefore } };
    return this.remove(ofNow, async ({ letter, message: { MessageAttributes, Attributes } }) => {
      const body = bodyOf(letter);
      if (typeof to !== "string") return to(body);
      // Of a fair queue.
      const MessageGroupId = Attributes?.MessageGroupId;
      await this.props.sqs.send(
        new SendMessageCommand({
          QueueUrl: to,
          MessageBody: body,
          MessageAttributes,
          MessageGroupId,
        }),
      );
    });
  }

  /** Deletes the selected dead letters. @returns how many */
  delete(options: ChangeOptions = {}): Promise<number> {
    return this.remove(options, () => Promise.resolve());
  }

  private async remove(
    options: ChangeOptions,
    before: (received: Received) => Promise<void>,
  ): Promise<number> {
    const held = new Map<string, string>();
    const pace = options.rate === undefined ? () => Promise.resolve() : pacer(options.rate);
    let removed = 0;
    for await (const received of this.receive(options, held)) {
      await pace();
      await before(received);
      const { ReceiptHandle } = received.message;
      await this.props.sqs.send(new DeleteMessageCommand({ QueueUrl: this.props.url, ReceiptHandle }));
      held.delete(received.letter.messageId);
      removed += 1;
      options.onChanged?.(received.letter);
    }
    return removed;
  }

  /** @param held receipt handles of received messages, by message id; those left at the end are made visible */
  private async *receive({ filter = {}, limit }: SelectOptions, held: Map<string, string>) {
    const known = new Set<string>();
    let [selected, knownBatches] = [0, 0];
    try {
      while (knownBatches < mostKnownBatches) {
        const messages = await this.receiveBatch();
        if (messages.length === 0) return;
        const unknown = messages.filter(({ MessageId = "" }) => !known.has(MessageId));
        for (const { MessageId = "", ReceiptHandle = "" } of messages) {
          known.add(MessageId);
          held.set(MessageId, ReceiptHandle);
        }
        knownBatches = unknown.length === 0 ? knownBatches + 1 : 0;
        // A description may be a call, and the messages are hidden for a limited time.
        for (const received of await Promise.all(unknown.map((message) => this.received(message)))) {
          if (!isSelected(received.letter, filter)) continue;
          yield received;
          selected += 1;
          if (selected === limit) return;
        }
      }
    } finally {
      await this.release([...held.values()]);
    }
  }

  private async receiveBatch(): Promise<readonly Message[]> {
    const { Messages = [] } = await this.props.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: this.props.url,
        MaxNumberOfMessages: batchSize,
        VisibilityTimeout: holdSeconds,
        // Long polling asks all of SQS's servers, so that an empty response means an empty queue.
        WaitTimeSeconds: 1,
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["SentTimestamp", "MessageGroupId"],
      }),
    );
    return Messages;
  }

  private async received(message: Message): Promise<Received> {
    const { MessageId: messageId = "", Body: body = "", Attributes } = message;
    const sentAt = new Date(Number(Attributes?.SentTimestamp));
    const attributes = Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, { StringValue }]) => [name, StringValue]),
    );
    return { letter: { ...(await this.props.describe(body, attributes)), messageId, body, sentAt }, message };
  }

  /** Makes messages visible. If that fails, they are visible after `holdSeconds`. */
  private async release(receiptHandles: readonly string[]): Promise<void> {
    for (let at = 0; at < receiptHandles.length; at += batchSize) {
      const Entries = receiptHandles.slice(at, at + batchSize).map((ReceiptHandle, index) => ({
        Id: String(index),
        ReceiptHandle,
        VisibilityTimeout: 0,
      }));
      await this.props.sqs
        .send(new ChangeMessageVisibilityBatchCommand({ QueueUrl: this.props.url, Entries }))
        .catch(() => undefined);
    }
  }
}
