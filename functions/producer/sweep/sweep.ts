import { randomUUID } from "node:crypto";
import { asError } from "../../shared/runtime/as-error";
import { forEachConcurrently } from "../../shared/runtime/concurrently";
import type { Log } from "../../shared/runtime/logger";
import { messageOf } from "../../shared/tasks/submit-task";
import type { TaskMessage } from "../../shared/tasks/message";
import type { TaskQueue } from "../../shared/tasks/task-queue";
import type { TaskRepository } from "../../shared/tasks/task-repository";
import type { FoundPage, FoundTask, SweepStore } from "./sweep-store";

export interface SweepDependencies {
  readonly repository: TaskRepository;
  readonly sweepStore: SweepStore;
  readonly queue: Pick<TaskQueue, "sendAll">;
  readonly log: Log;
  readonly now: () => Date;
  /** Until Lambda ends the invocation. */
  readonly remainingMilliseconds: () => number;
  /** The queue's visibility timeout. */
  readonly redeliverySeconds: number;
  /** The queue's retention and one visibility timeout: after it a message is no longer in the queue. */
  readonly messageLifetimeSeconds: number;
}

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

/** Errors of a sweep that are logged, at most. */
const maxLogged = 20;

/**
 * Marks abandoned tasks failed, requeues tasks whose message SQS has lost, and publishes the outbox. Stops shortly before
 * the invocation's timeout and leaves the rest to the next sweep. An error of one task does not affect another, and one
 * sweep runs at a time.
 * @param queuedBefore treats the messages of all tasks that were queued before then as lost, e.g. after a purge
 * @throws {Error} when part of the table could not be read
 */
export async function sweep(dependencies: SweepDependencies, queuedBefore?: Date): Promise<void> {
  const { sweepStore, log, now, remainingMilliseconds } = dependencies;
  const holder = randomUUID();
  const remaining = remainingMilliseconds();
  if (!(await sweepStore.acquireLease(holder, new Date(now().getTime() + remaining)))) {
    log.info("another sweep is running");
    return;
  }
  try {
    await new Sweep(dependencies, remaining).run(queuedBefore);
  } finally {
    // It ends by itself when this fails.
    await sweepStore.releaseLease(holder).catch((error: unknown) => {
      log.warn("could not release the lease of the sweep", { error: asError(error) });
    });
  }
}

const idOf = ({ task }: FoundTask) => task.id;
const taskIdOf = ({ taskId }: TaskMessage) => taskId;

class Sweep {
  private readonly counts = { abandoned: 0, lost: 0, sent: 0, rejected: 0, failed: 0 };
  private readonly unread: Error[] = [];
  /** Milliseconds until the end. */
  private readonly reserve: number;

  constructor(
    private readonly dependencies: SweepDependencies,
    private readonly total: number,
  ) {
    this.reserve = Math.min(reserveMilliseconds, total * maxReserveShare);
  }

  async run(queuedBefore: Date | undefined): Promise<void> {
    const { sweepStore, log, now, redeliverySeconds, messageLifetimeSeconds } = this.dependencies;
    const ago = (milliseconds: number) => new Date(now().getTime() - milliseconds);
    const repairs = (this.total - this.reserve) * repairShare;

    const abandoned = sweepStore.listAbandoned(ago(redeliveriesUntilAbandoned * redeliverySeconds * 1000));
    await this.forEachPage(abandoned, repairs, (found) => this.each(found, idOf, (each) => this.fail(each)));

    const lost = sweepStore.listQueued(queuedBefore ?? ago(messageLifetimeSeconds * 1000));
    await this.forEachPage(lost, repairs, (found) => this.each(found, idOf, (each) => this.requeue(each)));

    const unpublished = sweepStore.listUnpublished(ago(sweepAgeMilliseconds));
    await this.forEachPage(unpublished, Infinity, (found) => this.publish(found));

    log.info("sweep completed", this.counts);
    const [cause] = this.unread;
    if (cause !== undefined)
      throw new Error(`${this.unread.length} parts of the table could not be read`, { cause });
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
    await this.dependencies.repository.endAttempt(task, reason, "failed");
    this.counts.abandoned += 1;
  }

  private async requeue({ task }: FoundTask): Promise<void> {
    if (await this.dependencies.sweepStore.requeue(task)) this.counts.lost += 1;
  }

  private async publish(found: readonly FoundTask[]): Promise<void> {
    const { queue, repository } = this.dependencies;
    const messages = found.map(({ task, requestId }) => messageOf(task, requestId));
    const { sent, rejected, failed } = await queue.sendAll(messages);
    for (const { message, error } of failed) this.failed(error, message.taskId);
    this.counts.sent += sent.length;
    await this.each(sent, taskIdOf, (message) => repository.markPublished(message));
    const idOfRejected = ({ message }: (typeof rejected)[number]) => message.taskId;
    await this.each(rejected, idOfRejected, async ({ message, code }) => {
      await repository.markFailed(message, `SQS rejected the task's message: ${code}`);
      this.counts.rejected += 1;
    });
  }

  /** Processes items, a few at a time; failed ones are left to the next sweep. */
  private each<Item>(
    items: readonly Item[],
    idOf: (item: Item) => string,
    work: (item: Item) => Promise<void>,
  ): Promise<void> {
    return forEachConcurrently(items, concurrentUpdates, (item) =>
      work(item).catch((error: unknown) => {
        this.failed(asError(error), idOf(item));
      }),
    );
  }

  private failed(error: Error, taskId?: string): void {
    this.counts.failed += 1;
    if (this.counts.failed > maxLogged) return;
    this.dependencies.log.warn("failed, left to the next sweep", {
      ...(taskId !== undefined && { taskId }),
      error,
    });
  }
}
