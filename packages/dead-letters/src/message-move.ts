import { setTimeout as delay } from "node:timers/promises";
import {
  ListMessageMoveTasksCommand,
  StartMessageMoveTaskCommand,
  type ListMessageMoveTasksResultEntry,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { userError } from "../../command-line/src/errors";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html */
const mostPerSecond = 500;

export interface MessageMoveOptions {
  readonly sourceArn: string;
  /** Named explicitly: SQS does not know the source of a message that a function has sent to the dead-letter queue. */
  readonly destinationArn: string;
  /** The most messages per second; by default as SQS decides. */
  readonly rate?: number | undefined;
  readonly pollMilliseconds?: number;
  readonly onProgress?: (moved: number, of: number | undefined) => void;
}

/**
 * Moves all messages of a queue by a message move task of SQS, and waits for its end. SQS goes on when this process ends;
 * called again, it waits for the task that is running.
 * @returns how many messages were moved
 * @throws {CommandError} when the task failed or was cancelled
 */
export async function moveAllMessages(sqs: SQSClient, options: MessageMoveOptions): Promise<number> {
  const { sourceArn: SourceArn, destinationArn: DestinationArn, rate, onProgress } = options;
  const latest = async (): Promise<ListMessageMoveTasksResultEntry | undefined> =>
    (await sqs.send(new ListMessageMoveTasksCommand({ SourceArn, MaxResults: 1 }))).Results?.[0];
  if (!isRunning(await latest()))
    await sqs.send(
      new StartMessageMoveTaskCommand({
        ...{ SourceArn, DestinationArn },
        ...(rate !== undefined && { MaxNumberOfMessagesPerSecond: Math.min(rate, mostPerSecond) }),
      }),
    );
  for (;;) {
    const task = await latest();
    const moved = task?.ApproximateNumberOfMessagesMoved ?? 0;
    onProgress?.(moved, task?.ApproximateNumberOfMessagesToMove);
    if (task?.Status === "COMPLETED") return moved;
    if (task !== undefined && !isRunning(task)) throw notMoved(task, moved);
    await delay(options.pollMilliseconds ?? 2_000);
  }
}

const isRunning = (task: ListMessageMoveTasksResultEntry | undefined) =>
  task?.Status === "RUNNING" || task?.Status === "CANCELLING";

const notMoved = (
  { Status = "", FailureReason = "no reason" }: ListMessageMoveTasksResultEntry,
  moved: number,
) =>
  userError(
    `The message move task of SQS is ${Status} after ${moved} messages: ${FailureReason}`,
    "COMPLETED",
    "fix the cause, then repeat the command: it moves the remaining messages",
  );
