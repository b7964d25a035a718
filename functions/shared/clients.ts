import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** These services answer within milliseconds; a call that takes longer is better tried again, well inside a timeout. */
export const clientSettings = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000 },
} as const;

/** Made once for all invocations of a function, outside its handler: connections are kept alive. */
export const sqsClient = () => new SQSClient(clientSettings);

export const documentClient = () =>
  DynamoDBDocumentClient.from(new DynamoDBClient(clientSettings), {
    marshallOptions: { removeUndefinedValues: true },
  });
