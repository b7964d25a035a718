import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { sqsClient } from "../clients";

/** Sends bodies of messages to a queue. The client is created for the first one, since most functions send none. */
export function messageSender(QueueUrl: string): (body: string) => Promise<void> {
  let sqs: SQSClient | undefined;
  return async (MessageBody) => {
    sqs ??= sqsClient();
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  };
}
