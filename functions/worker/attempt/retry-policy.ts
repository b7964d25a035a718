/** Seconds until a failed task is retried: at first, doubled with each delivery, at most. */
export interface RetryDelay {
  readonly initialSeconds: number;
  readonly maxSeconds: number;
}

/**
 * A handler throws it when no other attempt can succeed: the task is failed at once, and its message becomes a dead letter
 * without further deliveries.
 */
export class NonRetryableError extends Error {
  override readonly name = "NonRetryableError";
}

/**
 * This version of the worker cannot process the message: its version or task type is unknown, or the payload does not
 * match the schema. It is retried, since a newer API may have sent it during a deployment.
 */
export class UnsupportedMessageError extends Error {
  override readonly name = "UnsupportedMessageError";
}

/** The message is valid and its task cannot be claimed now. SQS has to deliver it again. */
export class RetryLaterError extends Error {
  override readonly name = "RetryLaterError";
}

export interface FailedDelivery {
  readonly error: unknown;
  /** Deliveries so far, including this one. */
  readonly receiveCount: number;
  /** Whether SQS moves the message to the dead-letter queue when it is visible again. */
  readonly isLast: boolean;
  /** The retry delay of the task type; undefined for an unknown type. */
  readonly retry: RetryDelay | undefined;
}

/**
 * Seconds until a failed message is visible again. The last delivery becomes a dead letter at once. An unsupported
 * message, and one whose task cannot be claimed yet, keep the queue's visibility timeout: it is long enough for a
 * deployment that knows the task type, or for the lease to end.
 * @param random 0 to 1
 * @returns undefined for the queue's visibility timeout
 */
export function visibilityAfterFailure(
  { error, receiveCount, isLast, retry }: FailedDelivery,
  random: number,
): number | undefined {
  if (isLast) return 0;
  if (retry === undefined || error instanceof UnsupportedMessageError || error instanceof RetryLaterError)
    return undefined;
  return retryDelaySeconds(retry, receiveCount, random);
}

/** The limit of SQS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html */
const maxVisibilitySeconds = 43_200;

/**
 * Exponential backoff with jitter of up to a half, so that messages that failed together are not delivered together.
 * @param random 0 to 1
 */
export function retryDelaySeconds(
  { initialSeconds, maxSeconds }: RetryDelay,
  receiveCount: number,
  random: number,
): number {
  const doubled = initialSeconds * 2 ** (receiveCount - 1);
  const whole = Math.min(doubled, maxSeconds, maxVisibilitySeconds);
  return Math.ceil(whole * (0.5 + random / 2));
}
