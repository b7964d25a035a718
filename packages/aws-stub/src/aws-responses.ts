import { marshall } from "@aws-sdk/util-dynamodb";
import type { AwsResponse } from "./aws-stub";

/** Successful and failed responses of SQS, DynamoDB and Secrets Manager. */

export const success = (values: object): AwsResponse => ({ status: 200, body: JSON.stringify(values) });

/** DynamoDB's form of an item. */
export const item = (values: Readonly<Record<string, unknown>>) =>
  marshall(values, { removeUndefinedValues: true });

/** An error in AWS's JSON protocol: its shape's name in the namespace of the service. */
const errorOf =
  (service: string) =>
  (type: string, message: string, more: object = {}): AwsResponse => ({
    status: 400,
    body: JSON.stringify({ __type: `${service}#${type}`, message, ...more }),
  });

const byDynamo = errorOf("com.amazonaws.dynamodb.v20120810");
const bySqs = errorOf("com.amazonaws.sqs");
const bySecretsManager = errorOf("com.amazonaws.secretsmanager");

/** @param met the item that did not meet the condition */
export const conditionFailed = (met?: Readonly<Record<string, unknown>>): AwsResponse =>
  byDynamo("ConditionalCheckFailedException", "The conditional request failed", met && { Item: item(met) });

/** @param reasons cancellation reason of each item of the transaction, `None` if it has none */
export const transactionCanceled = (...reasons: readonly string[]): AwsResponse =>
  byDynamo("TransactionCanceledException", "", {
    Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.join(", ")}]`,
    CancellationReasons: reasons.map((Code) => (Code === "None" ? { Code } : { Code, Message: `${Code}!` })),
  });

/** Responses after which the SDK retries. */
export const throttled = byDynamo(
  "ProvisionedThroughputExceededException",
  "The level of configured provisioned throughput for the table was exceeded.",
);
export const badContents = bySqs("InvalidMessageContents", "Invalid characters were found.");
export const sqsThrottled = bySqs("RequestThrottled", "Rate exceeded");
export const disconnected: AwsResponse = "disconnect";
export const htmlError: AwsResponse = {
  status: 500,
  headers: { "content-type": "text/html" },
  body: "<html><body>Internal Server Error</body></html>",
};
export const emptyError: AwsResponse = { status: 500, body: "" };
export const slowDown: AwsResponse = { status: 503, headers: { "retry-after": "0" }, body: "{}" };

/** Responses after which it does not. */
export const noTable = byDynamo("ResourceNotFoundException", "Requested resource not found");
export const accessDenied = byDynamo("AccessDeniedException", "The role is not authorized to perform: that");
export const transactionConflict = byDynamo(
  "TransactionConflictException",
  "Transaction is ongoing for the item",
);
export const invalid = byDynamo("ValidationException", "One or more parameter values were invalid");
export const otherParameters = byDynamo("IdempotentParameterMismatchException", "The token was used before");
export const truncated: AwsResponse = { status: 200, body: '{"Item":{"pk":{"S"' };
export const otherDigest = success({ MessageId: "1", MD5OfMessageBody: "5d41402abc4b2a76b9719d911017c592" });
export const sqsDenied = bySqs("AccessDeniedException", "Access to the resource is denied.");
export const badHandle = bySqs("ReceiptHandleIsInvalid", "The receipt handle has expired");
export const noSecret = bySecretsManager("ResourceNotFoundException", "Secrets Manager can't find it.");
export const secretDenied = bySecretsManager("AccessDeniedException", "The role may not read it.");

/** SQS also sends the error code of the older query protocol. */
export const noQueue: AwsResponse = {
  status: 400,
  headers: { "x-amzn-query-error": "AWS.SimpleQueueService.NonExistentQueue;Sender" },
  body: JSON.stringify({
    __type: "com.amazonaws.sqs#QueueDoesNotExist",
    message: "The specified queue does not exist.",
  }),
};

/** A response to each attempt of the functions' clients. */
export const always = (response: AwsResponse): readonly AwsResponse[] => [response, response, response];
