import type { TaskMessage } from "../message";
import type { TaskQueue } from "../task-queue";

/** A queue in memory, which a test may look into and break. */
export class MemoryTaskQueue implements TaskQueue {
  readonly messages: TaskMessage[] = [];
  readonly postponed: { readonly receiptHandle: string; readonly seconds: number }[] = [];
  readonly removed: string[] = [];
  /** Messages for which SQS is to fail. */
  fails: (message: TaskMessage) => boolean = () => false;

  send(message: TaskMessage): Promise<void> {
    if (this.fails(message)) return Promise.reject(new Error("SQS did not answer"));
    this.messages.push(message);
    return Promise.resolve();
  }

  sendAll(messages: readonly TaskMessage[]): Promise<TaskMessage[]> {
    const sent = messages.filter((message) => !this.fails(message));
    this.messages.push(...sent);
    return Promise.resolve(sent);
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
