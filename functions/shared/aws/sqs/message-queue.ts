import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import * as z from "zod/mini";
import type { QueueName } from "../../../service";
import { resourceVariable, resourceVariables } from "../../runtime/resource-variables";
import { sqsClient } from "../clients";

/** A queue whose messages are JSON of a schema, which its consumer has as well. */
export interface MessageQueue<Message> {
  /** @throws {Error} when the message does not match the schema, or SQS does not accept it */
  readonly send: (message: Message) => Promise<void>;
}

let shared: SQSClient | undefined;

/** A queue of functions/service.ts. The function needs `sqs:SendMessage` on it. */
export const messageQueue = <Schema extends z.ZodMiniType>(
  name: QueueName,
  schema: Schema,
  client: () => SQSClient = () => (shared ??= sqsClient()),
): MessageQueue<z.input<Schema>> => ({
  send: async (message) => {
    const QueueUrl = resourceVariable(resourceVariables.queue(name));
    // Sent as it was given: the consumer's schema may transform it.
    z.parse(schema, message);
    await client().send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(message) }));
  },
});
