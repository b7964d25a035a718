import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { asError } from "../runtime/as-error";

/**
 * SQS's codes for a message that it always refuses: characters outside its set, or too many bytes. Every other error
 * can be temporary: a missing permission, a queue that is being replaced, throttling.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html#API_SendMessage_Errors
 */
export const messageRejections: readonly string[] = [
  "InvalidMessageContents",
  "InvalidParameterValue",
  "MessageTooLong",
];

/**
 * The same of items, of a call or of one in a transaction.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
 */
const itemRejections: readonly string[] = [
  "ItemCollectionSizeLimitExceeded",
  "Serialization",
  "Validation",
  "ValidationError",
];

/** AWS names errors with the namespace of their shape, or a suffix, or neither. */
export const codeOf = (name = "") => name.replace(/^.*[#.]/, "").replace(/Exception$/, "");

export const isOneOf = (codes: readonly string[], name: string | undefined) =>
  codes.map(codeOf).includes(codeOf(name));

/** PostgreSQL's codes of a value that no column takes, and of limits: https://www.postgresql.org/docs/16/errcodes-appendix.html */
const valueRejections = /^(22|54)[0-9A-Z]{3}$/;

/** Whether SQS, DynamoDB or PostgreSQL refused a call for its content, so that a retry cannot succeed. */
export function isPermanentRejection(error: unknown): boolean {
  const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
  const names = [asError(error).name, ...reasons.map(({ Code }) => Code)];
  const { code } = asError(error) as { readonly code?: unknown };
  if (typeof code === "string" && valueRejections.test(code)) return true;
  return names.some((name) => isOneOf([...messageRejections, ...itemRejections], name));
}
