import type { TaskMessage } from "./message";

/** The queue from which the worker is fed. */
export interface TaskQueue {
  /** @throws {Error} when SQS did not confirm the message; it may have been taken all the same */
  send(message: TaskMessage): Promise<void>;
  /**
   * Sends many messages.
   * @returns those that were confirmed
   */
  sendAll(messages: readonly TaskMessage[]): Promise<TaskMessage[]>;
  /**
   * Has a message that was received delivered again after that time, instead of the queue's visibility timeout.
   * @param receiptHandle of the delivery
   */
  postpone(receiptHandle: string, seconds: number): Promise<void>;
  /** Deletes a message that was received, before Lambda does. */
  remove(receiptHandle: string): Promise<void>;
}
