import { randomUUID } from "node:crypto";
import { asError } from "../../shared/runtime/as-error";
import { forEachConcurrently } from "../../shared/runtime/concurrently";
import { collectMetrics, type CollectedMetrics } from "../../shared/runtime/collect-metrics";
import { traceIdOf } from "../../shared/runtime/trace";
import { messageOf } from "../../shared/tasks/submit-task";
import type { TaskMessage } from "../../shared/tasks/message";
import { deleteExpired } from "./delete-expired";
import type { FoundPage, FoundTask } from "../../shared/tasks/sweep-store";
import type { SweepCounts, SweepDependencies, SweepReason } from "./sweep-types";

/** The function that created a younger task may still be publishing it. */
export const sweepAgeMilliseconds = 30_000;

/** For the calls in progress at the end of that time: three attempts of 5 s each, and the release of the lease. */
const reserveMilliseconds = 16_000;
/** A function with a short timeout has a smaller reserve. */
const maxReserveShare = 0.25;
/** Of the time, for abandoned tasks and for lost messages each, if they need it: the rest is for sending. */
const repairShare = 0.25;

/** Concurrent updates; far fewer than the client's connections, since 256 MB get little CPU. */
const concurrentUpdates = 20;

/**
 * A task whose worker ended would have started again by then, unless its message is a dead letter: the message is
 * visible again after one visibility timeout, and after about as long again for each delivery that postponed it to run
 * alone.
 */
const redeliveriesUntilAbandoned = 4;

/** Errors of a sweep that are logged, at most; and published tasks. */
const maxLogged = 20;

/**
 * Marks abandoned tasks failed, requeues tasks whose message SQS has lost, and publishes the outbox. Stops shortly before
 * the invocation's timeout and leaves the rest to the next sweep. An error of one task does not affect another, and one
 * sweep runs at a time.
 * @returns what it has done; undefined if another sweep was running
 * @throws {Error} when part of the table could not be read
 */
export async function sweep(
  dependencies: SweepDependencies,
  reason: SweepReason = {},
): Promise<SweepCounts | undefined> {
  const { sweepStore, log, now, remainingMilliseconds } = dependencies;
  const holder = randomUUID();
  const remaining = remainingMilliseconds();
  if (!(await sweepStore.acquireLease(holder, new Date(now().getTime() + remaining)))) {
    log.info("another sweep is running");
    return undefined;
  }
  try {
    return await new Sweep(dependencies, remaining).run(reason);
  } finally {
    // It ends by itself when this fails.
    await sweepStore.releaseLease(holder).catch((error: unknown) => {
      log.warn("could not release the lease of the sweep", { error: asError(error) });
    });
  }
}

/** What names a task in the log. */
interface Named {
  readonly taskId: string;
  readonly traceId: string | undefined;
}
const namesOf = ({ task, origin }: FoundTask): Named => ({ taskId: task.id, traceId: traceIdOf(origin) });
const namesOfMessage = (message: TaskMessage): Named => ({
  taskId: message.taskId,
  traceId: traceIdOf(message),
});

class Sweep {
  private readonly counts = { abandoned: 0, lost: 0, sent: 0, rejected: 0, failed: 0 };
  private readonly unread: Error[] = [];
  private readonly failures: CollectedMetrics;
  /** Tasks in the outbox that were found. */
  private depth = 0;
  /** Since when the oldest task has been in the outbox, of those found. */
  private oldest: number;
  /** Milliseconds until the end. */
  private readonly reserve: number;

  constructor(
    private readonly dependencies: SweepDependencies,
    private readonly total: number,
  ) {
    this.oldest = dependencies.now().getTime();
    this.failures = collectMetrics(dependencies.metrics);
    this.reserve = Math.min(reserveMilliseconds, total * maxReserveShare);
  }

  async run({ queuedBefore, failover = false }: SweepReason): Promise<SweepCounts> {
    const { sweepStore, log, now, redeliverySeconds, messageLifetimeSeconds } = this.dependencies;
    const ago = (milliseconds: number) => new Date(now().getTime() - milliseconds);
    const repairs = (this.total - this.reserve) * repairShare;

    // Before they are old enough to be marked failed.
    if (failover)
      await this.forEachPage(sweepStore.listAbandoned(now()), repairs, (found) =>
        this.each(found, namesOf, (each) => this.requeue(each)),
      );
    const abandoned = sweepStore.listAbandoned(ago(redeliveriesUntilAbandoned * redeliverySeconds * 1000));
    await this.forEachPage(abandoned, repairs, (found) =>
      this.each(found, namesOf, (each) => this.fail(each)),
    );

    const lost = sweepStore.listQueued(queuedBefore ?? ago(messageLifetimeSeconds * 1000));
    await this.forEachPage(lost, repairs, (found) => this.each(found, namesOf, (each) => this.requeue(each)));
    // A task that its API function publishes at the same time is sent twice, and runs once.
    const unpublished = sweepStore.listUnpublished(ago(failover ? -1 : sweepAgeMilliseconds));
    await this.forEachPage(unpublished, Infinity, (found) => this.publish(found));

    this.failures.flush();
    this.dependencies.metrics.record({
      OutboxOldestSeconds: (now().getTime() - this.oldest) / 1000,
      OutboxDepth: this.depth,
      SweepSent: this.counts.sent,
    });
    log.info("sweep completed", { ...this.counts, deleted: await deleteExpired(this.dependencies) });
    const [cause] = this.unread;
    if (cause !== undefined)
      throw new Error(`${this.unread.length} parts of the table could not be read`, { cause });
    return { ...this.counts };
  }

  /** Processes pages for at most that time, and until the invocation is about to end. */
  private async forEachPage(
    pages: AsyncIterable<FoundPage>,
    mostMilliseconds: number,
    work: (found: readonly FoundTask[]) => Promise<void>,
  ): Promise<void> {
    const { remainingMilliseconds } = this.dependencies;
    const least = Math.max(this.reserve, remainingMilliseconds() - mostMilliseconds);
    for await (const { found, unreadable, error } of pages) {
      for (const each of unreadable) this.failed(each);
      if (error !== undefined) this.unread.push(error);
      await work(found);
      if (remainingMilliseconds() <= least) return;
    }
  }

  private async fail({ task }: FoundTask): Promise<void> {
    const reason = "The worker ended during the last attempt";
    const changed = await this.dependencies.repository.endAttempt(task, reason, "failed");
    if (changed) this.failures.recordOf(task.type, { TasksFailed: 1 });
    this.counts.abandoned += 1;
  }

  private async requeue({ task }: FoundTask): Promise<void> {
    if (await this.dependencies.sweepStore.requeue(task)) this.counts.lost += 1;
  }

  private async publish(found: readonly FoundTask[]): Promise<void> {
    const { queue, repository, log } = this.dependencies;
    this.depth += found.length;
    this.oldest = Math.min(this.oldest, ...found.map(({ task }) => Date.parse(task.updatedAt)));
    const messages = found.map(({ task, origin }) => messageOf(task, origin));
    const { sent, rejected, failed } = await queue.sendAll(messages);
    for (const { message, error } of failed) this.failed(error, namesOfMessage(message));
    for (const message of sent.slice(0, Math.max(0, maxLogged - this.counts.sent)))
      log.info("task published", { ...namesOfMessage(message), requestId: message.requestId });
    this.counts.sent += sent.length;
    await this.each(sent, namesOfMessage, (message) => repository.markPublished(message));
    const namesOfRejected = ({ message }: (typeof rejected)[number]) => namesOfMessage(message);
    await this.each(rejected, namesOfRejected, async ({ message, code }) => {
      const changed = await repository.markFailed(message, `SQS rejected the task's message: ${code}`);
      if (changed) this.failures.recordOf(message.type, { TasksFailed: 1 });
      this.counts.rejected += 1;
    });
  }

  /** Processes items, a few at a time; failed ones are left to the next sweep. */
  private each<Item>(
    items: readonly Item[],
    nameOf: (item: Item) => Named,
    work: (item: Item) => Promise<void>,
  ): Promise<void> {
    return forEachConcurrently(items, concurrentUpdates, (item) =>
      work(item).catch((error: unknown) => {
        this.failed(asError(error), nameOf(item));
      }),
    );
  }

  private failed(error: Error, names?: Named): void {
    this.counts.failed += 1;
    if (this.counts.failed > maxLogged) return;
    this.dependencies.log.warn("failed, left to the next sweep", { ...names, error });
  }
}
