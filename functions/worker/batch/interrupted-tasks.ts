import type { QueueDelivery } from "./queue-delivery";
import type { ConcurrencyLimiter } from "./concurrency-limiter";

/** When an invocation started, and when Lambda ends it. */
export interface InvocationTime {
  readonly started: Date;
  readonly deadline: Date;
}

/** The queue's visibility timeout is six times the function's timeout: five invocations after the first one. */
const spreadInvocations = 5;

/**
 * The deliveries of interrupted tasks: their worker ended during an attempt (`process.exit`, out of memory, or Lambda's
 * timeout). One of the tasks that it was running caused that, and it is not known which. Tasks with the fewest attempts
 * come first, since a task with many is the more likely cause; then those with the fewest deliveries left.
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
 * Makes waiting messages visible again one by one after this invocation, in case it ends before it processes them: in one
 * batch they would be interrupted together again, and each delivery counts.
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
 * Processes interrupted tasks one at a time. Before each, the processed messages are deleted, so that they are not
 * delivered again if the worker ends.
 * @returns the deliveries that were processed
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
    // The first one always runs. The others are visible again later.
    if (at > 0 && now().getTime() >= halfTime) break;
    if (!(await delivery.process(limiter, true))) continue;
    await delivery.deleteMessage();
    done.push(delivery);
  }
  return done;
}
