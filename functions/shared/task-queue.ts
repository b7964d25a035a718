import type { TaskMessage } from "./message";

/** The queue from which the worker is fed. */
export interface TaskQueue {
  /** @throws {Error} when SQS did not confirm the message; it may have been taken all the same */
  send(message: TaskMessage): Promise<void>;
  /**
   * Sends many messages.
   * @returns ids of the tasks whose message was confirmed
   */
  sendAll(messages: readonly TaskMessage[]): Promise<ReadonlySet<string>>;
}
