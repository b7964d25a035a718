import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { asError } from "./as-error";

/**
 * What SQS and DynamoDB answer when the content of a call is at fault: the same call never succeeds.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html#API_SendMessage_Errors
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
 */
const refusals = new Set([
  "InvalidMessageContents",
  "InvalidParameterValue",
  "InvalidParameterValueException",
  "ItemCollectionSizeLimitExceededException",
  "RequestEntityTooLargeException",
  "SerializationException",
  "ValidationException",
]);

/** The same of one item of a transaction, as DynamoDB's codes name it. */
const refusalsInTransactions = new Set(["ItemCollectionSizeLimitExceeded", "ValidationError"]);

/** Whether SQS or DynamoDB refused a call for what it holds, so that sending it again is of no use. */
export function isRefusedForGood(error: unknown): boolean {
  const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
  return (
    refusals.has(asError(error).name) || reasons.some(({ Code = "" }) => refusalsInTransactions.has(Code))
  );
}
