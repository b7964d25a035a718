import type { TaskMessage } from "../message";
import type { SendReport, TaskQueue } from "../task-queue";

/** A queue in memory, which a test may look into and break. */
export class MemoryTaskQueue implements TaskQueue {
  readonly messages: TaskMessage[] = [];
  readonly postponed: { readonly receiptHandle: string; readonly seconds: number }[] = [];
  readonly removed: string[] = [];
  /** Messages for which SQS is to fail. */
  fails: (message: TaskMessage) => boolean = () => false;
  /** Messages that SQS can never take. */
  refuses: (message: TaskMessage) => boolean = () => false;

  send(message: TaskMessage): Promise<void> {
    if (this.fails(message) || this.refuses(message)) return Promise.reject(new Error("SQS did not answer"));
    this.messages.push(message);
    return Promise.resolve();
  }

  sendAll(messages: readonly TaskMessage[]): Promise<SendReport> {
    const failed = messages.filter((message) => this.fails(message));
    const refused = messages.filter((message) => !failed.includes(message) && this.refuses(message));
    const sent = messages.filter((message) => !failed.includes(message) && !refused.includes(message));
    this.messages.push(...sent);
    return Promise.resolve({
      sent,
      refused: refused.map((message) => ({ message, code: "InvalidMessageContents" })),
      failed: failed.map((message) => ({ message, error: new Error("SQS did not answer") })),
    });
  }

  postpone(receiptHandle: string, seconds: number): Promise<void> {
    this.postponed.push({ receiptHandle, seconds });
    return Promise.resolve();
  }

  remove(receiptHandle: string): Promise<void> {
    this.removed.push(receiptHandle);
    return Promise.resolve();
  }
}
