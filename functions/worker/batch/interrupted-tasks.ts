import type { QueueDelivery } from "./queue-delivery";
import type { ConcurrencyLimiter } from "./concurrency-limiter";

/** When an invocation was begun, and when Lambda ends it. */
export interface InvocationTime {
  readonly started: Date;
  readonly deadline: Date;
}

/** As many invocations take as much time as the queue's visibility timeout leaves behind the first one. */
const spreadInvocations = 5;

/**
 * The deliveries of tasks whose worker ended in the middle of an attempt (`process.exit`, out of memory, or a loop until
 * Lambda's timeout): one of those that it was working on has ended it, and which one is not known. Those that were begun
 * least often come first, since one that has ended a worker again and again is hardly innocent; then those that SQS
 * gives up soonest.
 */
export async function findInterrupted(deliveries: readonly QueueDelivery[]): Promise<QueueDelivery[]> {
  // A worker can have ended only after a delivery.
  const redelivered = deliveries.filter(({ receiveCount }) => receiveCount > 1);
  if (redelivered.length === 0) return [];
  const attempts = await Promise.all(redelivered.map((delivery) => delivery.interruptedAttempts()));
  return redelivered
    .flatMap((delivery, at) => {
      const count = attempts[at];
      return count === undefined ? [] : [{ delivery, count }];
    })
    .sort((a, b) => a.count - b.count || b.delivery.receiveCount - a.delivery.receiveCount)
    .map(({ delivery }) => delivery);
}

/**
 * Has messages that wait for their turn delivered again one by one after this invocation, should it end before that:
 * together they would have the same in store again, and each delivery counts.
 * @param random 0 to 1
 */
export async function staggerRedelivery(
  waiting: readonly QueueDelivery[],
  { started, deadline }: InvocationTime,
  random: () => number,
): Promise<void> {
  if (waiting.length === 0) return;
  const invocationSeconds = Math.max(1, (deadline.getTime() - started.getTime()) / 1000);
  const spacing = Math.min(1, spreadInvocations / waiting.length) * invocationSeconds;
  await Promise.all(
    waiting.map((delivery, at) =>
      delivery.changeVisibility(Math.ceil(invocationSeconds + (at + random()) * spacing)),
    ),
  );
}

/**
 * Works on interrupted, one at a time. Before each, what is done is deleted, so that the end of the worker does not bring
 * it again.
 * @returns those of them that are done
 */
export async function processOneByOne(
  interrupted: readonly QueueDelivery[],
  others: readonly QueueDelivery[],
  limiter: ConcurrencyLimiter,
  { started, deadline }: InvocationTime,
  now: () => Date,
): Promise<QueueDelivery[]> {
  const done: QueueDelivery[] = [];
  await Promise.all(others.map((delivery) => delivery.deleteMessage()));
  const halfTime = (started.getTime() + deadline.getTime()) / 2;
  for (const [at, delivery] of interrupted.entries()) {
    // The first one would lose its turn again and again behind slow neighbours; the others were handed back.
    if (at > 0 && now().getTime() >= halfTime) break;
    if (!(await delivery.process(limiter, true))) continue;
    await delivery.deleteMessage();
    done.push(delivery);
  }
  return done;
}
