import type { TaskMessage } from "./message";

/** What became of messages that were sent together. */
export interface SendReport {
  /** SQS has confirmed them. */
  readonly sent: readonly TaskMessage[];
  /** SQS can never take them, e.g. because of a character; with SQS's code for it. */
  readonly rejected: readonly { readonly message: TaskMessage; readonly code: string }[];
  /** Not confirmed; SQS may have taken them all the same. */
  readonly failed: readonly { readonly message: TaskMessage; readonly error: Error }[];
}

/** The queue from which the worker is fed. */
export interface TaskQueue {
  /** @throws {Error} when SQS did not confirm the message; it may have been taken all the same */
  send(message: TaskMessage): Promise<void>;
  /** Sends many messages in batches. One that fails affects no other, and nothing is thrown. */
  sendAll(messages: readonly TaskMessage[]): Promise<SendReport>;
  /**
   * Has a message that was received delivered again after that time, instead of the queue's visibility timeout.
   * @param receiptHandle of the delivery
   */
  changeVisibility(receiptHandle: string, seconds: number): Promise<void>;
  /** Deletes a message that was received, before Lambda does. */
  deleteMessage(receiptHandle: string): Promise<void>;
}
