import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type Message,
  type SQSClient,
} from "@aws-sdk/client-sqs";

/** Long enough to move what was received; a mover that dies has not hidden the rest for longer. */
const visibilitySeconds = 10;

export interface MoveOptions {
  readonly sqs: SQSClient;
  readonly from: string;
  readonly to: string;
  /** Told after each batch how many have been moved. */
  readonly report: (moved: number) => void;
}

/**
 * Moves all messages of a queue to another one. Each is sent before it is deleted: a mover that dies in between leaves
 * it in both, and what it asks for is done once all the same.
 * @returns how many
 */
export async function moveMessages({ sqs, from, to, report }: MoveOptions): Promise<number> {
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
