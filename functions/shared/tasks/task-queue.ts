import type { TaskMessage } from "./message";

/** The result of sending several messages. */
export interface SendReport {
  /** SQS has confirmed them. */
  readonly sent: readonly TaskMessage[];
  /** SQS rejects them permanently, with this error code. */
  readonly rejected: readonly { readonly message: TaskMessage; readonly code: string }[];
  /** Not confirmed; SQS may have received them nevertheless. */
  readonly failed: readonly { readonly message: TaskMessage; readonly error: Error }[];
}

/** The queue of task messages. */
export interface TaskQueue {
  /** @throws {Error} if SQS did not confirm the message; SQS may have received it nevertheless */
  send(message: TaskMessage): Promise<void>;
  /** Sends many messages in batches. One that fails affects no other, and nothing is thrown. */
  sendAll(messages: readonly TaskMessage[]): Promise<SendReport>;
  /**
   * Makes a received message visible again after that time instead of the queue's visibility timeout.
   * @param receiptHandle of the delivery
   */
  changeVisibility(receiptHandle: string, seconds: number): Promise<void>;
  /** Deletes a received message before Lambda does. */
  deleteMessage(receiptHandle: string): Promise<void>;
}
