import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { clientSettings } from "./settings.mjs";

const sqs = new SQSClient(clientSettings);

export const send = ({ id, revision, type, payload }) =>
  sqs.send(
    new SendMessageCommand({
      QueueUrl: process.env.TASK_QUEUE_URL,
      MessageBody: JSON.stringify({ version: 1, taskId: id, revision, type, payload, requestId: "bench" }),
    }),
  );
