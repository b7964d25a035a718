import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/**
 * Connections of a client. A call that waits for a free connection counts that time as connecting, so concurrent calls
 * must be fewer.
 */
export const maxSockets = 50;

/** SQS and DynamoDB respond within milliseconds. A slower call is retried well before the function's timeout. */
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

/** Created once for all invocations of a function, outside its handler: connections are kept alive. */
export const sqsClient = () => new SQSClient(clientSettings);

export const documentClient = () =>
  DynamoDBDocumentClient.from(new DynamoDBClient(clientSettings), {
    marshallOptions: { removeUndefinedValues: true },
  });
