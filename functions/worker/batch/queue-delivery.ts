import type { SQSRecord } from "aws-lambda";
import { asError } from "../../shared/runtime/as-error";
import { traceIdOf } from "../../shared/runtime/trace";
import type { Claim } from "../../shared/tasks/task-repository";
import { processMessage, type WorkerDependencies } from "../attempt/process-message";
import { readMessage, type ReadMessage } from "./read-message";
import {
  NonRetryableError,
  RetryLaterError,
  UnsupportedMessageError,
  visibilityAfterFailure,
} from "../attempt/retry-policy";
import { findTaskType } from "../attempt/run-task";
import type { ConcurrencyLimiter } from "./concurrency-limiter";

export interface BatchSettings {
  /** Deliveries after which SQS moves a message to the dead-letter queue. */
  readonly maxReceiveCount: number;
  readonly deadline: Date;
}

/** A time of SQS, in milliseconds since 1970, as ISO 8601. */
const timeOf = (milliseconds: string | undefined): string | undefined =>
  /^\d{13}$/.test(milliseconds ?? "") ? new Date(Number(milliseconds)).toISOString() : undefined;

/** One delivery of a message. */
export class QueueDelivery {
  readonly receiveCount: number;
  private readonly isLast: boolean;
  private readonly read: ReadMessage;
  private readonly dependencies: WorkerDependencies;
  private claim: Promise<Claim> | undefined;

  constructor(
    private readonly record: SQSRecord,
    private readonly settings: BatchSettings,
    dependencies: WorkerDependencies,
  ) {
    this.receiveCount = Number(record.attributes.ApproximateReceiveCount);
    this.isLast = this.receiveCount >= settings.maxReceiveCount;
    this.read = readMessage(record.body);
    const { messageId } = record;
    const { taskId, requestId } = this.read.ids;
    const traceId = traceIdOf(this.read.ids);
    const { receiveCount } = this;
    // A registered type: another one is whatever the message has.
    const type = findTaskType(this.read.ids.type)?.name;
    const sentAt = timeOf(record.attributes.SentTimestamp);
    const log = dependencies.log.with({ taskId, requestId, traceId, messageId, receiveCount, type, sentAt });
    this.dependencies = { ...dependencies, log };
  }

  get messageId(): string {
    return this.record.messageId;
  }

  /**
   * Claims the task before it is processed.
   * @returns the attempts of a task whose worker ended in the middle of the last one; undefined for any other
   */
  async interruptedAttempts(): Promise<number | undefined> {
    const { message } = this.read;
    // Without a table only SQS knows that the message was delivered before, and not how that delivery ended.
    if (this.dependencies.repository === undefined) return this.receiveCount - 1;
    if (message instanceof UnsupportedMessageError) return undefined;
    this.claim = this.dependencies.repository.claim(message, this.settings.deadline);
    // An error of the claim is handled when the message is processed.
    const claim = await this.claim.catch(() => undefined);
    if (claim?.outcome !== "interrupted") return undefined;
    this.claim = undefined;
    return claim.attempts;
  }

  /** @returns whether the message was processed or is a dead letter; if not, SQS has to deliver it again */
  async process(limiter: ConcurrencyLimiter, exclusive = false): Promise<boolean> {
    const { ids, message } = this.read;
    const { log, metrics } = this.dependencies;
    const semaphore = limiter.of(ids.type);
    if (semaphore !== undefined) await semaphore.acquire();
    const started = this.dependencies.now().getTime();
    try {
      if (message instanceof UnsupportedMessageError) throw message;
      const { isLast, claim } = this;
      await processMessage(
        { message, isLast, deadline: this.settings.deadline, exclusive, claim },
        this.dependencies,
      );
      return true;
    } catch (error) {
      if (error instanceof RetryLaterError) log.info("message postponed", { reason: error.message });
      else {
        metrics.recordOf(ids.type, { AttemptsFailed: 1 });
        const milliseconds = this.dependencies.now().getTime() - started;
        log.warn(this.isLast ? "last attempt failed" : "attempt failed", {
          error: asError(error),
          milliseconds,
        });
      }
      if (error instanceof NonRetryableError && (await this.sendDeadLetter())) return true;
      if (this.isLast) await this.markFailed(error);
      await this.scheduleRetry(error);
      return false;
    } finally {
      semaphore?.release();
    }
  }

  /** Makes the message visible again after that time. An SQS error is logged. */
  async changeVisibility(seconds: number): Promise<void> {
    await this.dependencies.queue
      .changeVisibility(this.record.receiptHandle, seconds)
      .catch((cause: unknown) => {
        // The message is visible again after the queue's visibility timeout.
        this.dependencies.log.warn("could not change the message's visibility timeout", {
          error: asError(cause),
        });
      });
  }

  /** Deletes the message. An SQS error is logged. */
  async deleteMessage(): Promise<void> {
    await this.dependencies.queue.deleteMessage(this.record.receiptHandle).catch((cause: unknown) => {
      // Lambda deletes it when the whole batch has succeeded.
      this.dependencies.log.warn("could not delete the message", { error: asError(cause) });
    });
  }

  /** @returns false if SQS did not confirm the dead letter: the next delivery fails, too, and sends it again */
  private async sendDeadLetter(): Promise<boolean> {
    try {
      await this.dependencies.sendDeadLetter(this.record.body);
      return true;
    } catch (error) {
      this.dependencies.log.error("could not send the dead letter", { error: asError(error) });
      return false;
    }
  }

  /** Marks the task failed before its message becomes a dead letter. An error here must not fail the batch. */
  private async markFailed(reason: unknown): Promise<void> {
    const { taskId, revision, type } = this.read.ids;
    const { repository, log, metrics } = this.dependencies;
    if (taskId === undefined) return;
    try {
      const changed = await repository?.markFailed({ taskId, revision }, asError(reason).message);
      if (changed === true) metrics.recordOf(type, { TasksFailed: 1 });
    } catch (error) {
      log.error("could not mark the task failed", { error: asError(error) });
    }
  }

  private async scheduleRetry(error: unknown): Promise<void> {
    const { receiveCount, isLast } = this;
    const retry = findTaskType(this.read.ids.type)?.retry;
    const failed = { error, receiveCount, isLast, retry };
    const seconds = visibilityAfterFailure(failed, this.dependencies.random());
    if (seconds !== undefined) await this.changeVisibility(seconds);
  }
}
