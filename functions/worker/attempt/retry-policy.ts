import type { RetryDelay } from "../handlers/define-task-type";

/** The most that SQS takes: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html */
const maxVisibilitySeconds = 43_200;

/**
 * Seconds until a message is delivered again that has failed that often: twice as long each time, and between half and
 * the whole of it by chance, so that what failed together does not come back together.
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
