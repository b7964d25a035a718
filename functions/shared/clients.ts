import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** These services answer within milliseconds; a call that takes longer is better tried again, well inside a timeout. */
const settings = {
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000 },
} as const;

/** Made once for all invocations of a function, outside its handler: connections are kept alive. */
export const sqsClient = () => new SQSClient(settings);

export const secretsClient = () => new SecretsManagerClient(settings);

export const documentClient = () =>
  DynamoDBDocumentClient.from(new DynamoDBClient(settings), {
    marshallOptions: { removeUndefinedValues: true },
  });
