import * as z from "zod";
import { asError } from "../shared/as-error";
import { taskMessage, type TaskMessage } from "../shared/message";
import { jsonObject, taskId, taskRevision } from "../shared/task";
import type { WorkerDependencies } from "./process-message";
import { UnworkableTaskError } from "./task-type";

const messageIds = z.object({
  taskId: taskId.optional().catch(undefined),
  requestId: z.string().optional().catch(undefined),
  type: z.string().catch(""),
  revision: taskRevision.catch(1),
});
/** As much of a message as can be read, for logs and for giving up. */
export type MessageIds = z.output<typeof messageIds>;

/** What could be read of a message's text. */
export interface ReadMessage {
  readonly ids: MessageIds;
  /** Or why it is none that this version can work on. */
  readonly message: TaskMessage | UnworkableTaskError;
}

export function readMessage(text: string): ReadMessage {
  const json = parseJson(text);
  const { success, data, error } = taskMessage.safeParse(json);
  if (success) return { ids: data, message: data };
  return {
    ids: messageIds.parse(jsonObject.catch({}).parse(json)),
    message: new UnworkableTaskError("The message is not one of a task", { cause: error }),
  };
}

/** The JSON of a message's body; undefined when it is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Says on the task why its message is becoming a dead letter. Failing at that must not fail the rest of the batch. */
export async function giveUp(
  { taskId, revision }: MessageIds,
  reason: unknown,
  { repository, log }: WorkerDependencies,
): Promise<void> {
  if (taskId === undefined) return;
  try {
    await repository?.giveUp({ taskId, revision }, asError(reason).message);
  } catch (error) {
    log.error("could not mark the task failed", { error: asError(error) });
  }
}
