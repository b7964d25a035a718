import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/**
 * Connections of a client. A call that finds none free waits for one, and that counts as connecting: who makes many
 * calls at once must make fewer than that.
 */
export const maxSockets = 50;

/** These services answer within milliseconds; a call that takes longer is better tried again, well inside a timeout. */
export const clientSettings = {
  maxAttempts: 3,
  requestHandler: {
    connectionTimeout: 1_000,
    requestTimeout: 5_000,
    // Without it the SDK only logs a warning, and waits for ever.
    throwOnRequestTimeout: true,
    httpsAgent: { maxSockets },
    httpAgent: { maxSockets },
  },
} as const;

/** Made once for all invocations of a function, outside its handler: connections are kept alive. */
export const sqsClient = () => new SQSClient(clientSettings);

export const documentClient = () =>
  DynamoDBDocumentClient.from(new DynamoDBClient(clientSettings), {
    marshallOptions: { removeUndefinedValues: true },
  });
