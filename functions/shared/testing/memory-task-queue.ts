import type { TaskMessage } from "../tasks/message";
import type { SendReport, TaskQueue } from "../tasks/task-queue";

/** A queue in memory, which tests can inspect and make fail. */
export class MemoryTaskQueue implements TaskQueue {
  readonly messages: TaskMessage[] = [];
  readonly visibilityChanges: { readonly receiptHandle: string; readonly seconds: number }[] = [];
  readonly deleted: string[] = [];
  /** Messages for which SQS fails. */
  fails: (message: TaskMessage) => boolean = () => false;
  /** Messages that SQS always refuses. */
  refuses: (message: TaskMessage) => boolean = () => false;

  send(message: TaskMessage): Promise<void> {
    if (this.fails(message) || this.refuses(message)) return Promise.reject(new Error("SQS did not respond"));
    this.messages.push(message);
    return Promise.resolve();
  }

  sendAll(messages: readonly TaskMessage[]): Promise<SendReport> {
    const failed = messages.filter((message) => this.fails(message));
    const rejected = messages.filter((message) => !failed.includes(message) && this.refuses(message));
    const sent = messages.filter((message) => !failed.includes(message) && !rejected.includes(message));
    this.messages.push(...sent);
    return Promise.resolve({
      sent,
      rejected: rejected.map((message) => ({ message, code: "InvalidMessageContents" })),
      failed: failed.map((message) => ({ message, error: new Error("SQS did not respond") })),
    });
  }

  changeVisibility(receiptHandle: string, seconds: number): Promise<void> {
    this.visibilityChanges.push({ receiptHandle, seconds });
    return Promise.resolve();
  }

  deleteMessage(receiptHandle: string): Promise<void> {
    this.deleted.push(receiptHandle);
    return Promise.resolve();
  }
}
