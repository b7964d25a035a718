import pLimit from "p-limit";
import { ReceiveMessageCommand, type Message, type SQSClient } from "@aws-sdk/client-sqs";
import { isSelected, type DeadLetter, type DeadLetterFilter } from "./dead-letter";
import type { DeadLetterQueueProps } from "./dead-letter-queue";

/** Batches without an unknown message after which a queue counts as read. */
const mostKnownBatches = 5;
/** A description may be a call. */
const concurrentDescriptions = 16;

export interface PeekProps extends DeadLetterQueueProps {
  /** Reads the messages without a receive, where the queue is an emulator's. */
  readonly browse?: (() => Promise<readonly Message[]>) | undefined;
}

export interface PeekResult {
  readonly letters: readonly DeadLetter[];
  /** True when there may be more messages than the bound. */
  readonly isBounded: boolean;
  readonly method: "emulator" | "receive";
}

/**
 * Dead letters, which stay visible for others. SQS has no call for that: messages are received with a visibility timeout of
 * 0, which raises their receive count. A dead-letter queue has no redrive policy of its own, so that nothing follows from it.
 */
export async function peekDeadLetters(
  { browse, sqs, url, describe }: PeekProps,
  filter: DeadLetterFilter,
  bound: number,
): Promise<PeekResult> {
  const messages = browse === undefined ? await received(sqs, url, bound) : await browse();
  const limit = pLimit(concurrentDescriptions);
  const letters = await Promise.all(
    messages.slice(0, bound).map((message) =>
      limit(async (): Promise<DeadLetter> => {
        const { MessageId: messageId = "", Body: body = "", Attributes, MessageAttributes = {} } = message;
        const attributes = Object.fromEntries(
          Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]),
        );
        const sentAt = new Date(Number(Attributes?.SentTimestamp));
        return { ...(await describe(body, attributes)), messageId, body, sentAt };
      }),
    ),
  );
  return {
    letters: letters.filter((letter) => isSelected(letter, filter)),
    isBounded: messages.length > bound || (browse === undefined && messages.length === bound),
    method: browse === undefined ? "receive" : "emulator",
  };
}

async function received(sqs: SQSClient, QueueUrl: string, bound: number): Promise<Message[]> {
  const found = new Map<string, Message>();
  let knownBatches = 0;
  while (found.size < bound && knownBatches < mostKnownBatches) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: 0,
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["SentTimestamp"],
      }),
    );
    const before = found.size;
    for (const message of Messages) found.set(message.MessageId ?? "", message);
    knownBatches = found.size === before ? knownBatches + 1 : 0;
  }
  return [...found.values()].slice(0, bound);
}
