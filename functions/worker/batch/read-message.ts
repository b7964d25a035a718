import * as z from "zod/mini";
import { parseJson } from "../../shared/runtime/parse-json";
import { taskMessage, traceAttributes, type TaskMessage } from "../../shared/tasks/message";
import { jsonObject, taskId, taskRevision } from "../../shared/tasks/task";
import { UnsupportedMessageError } from "../attempt/retry-policy";

const messageIds = z.object({
  taskId: z.catch(z.optional(taskId), undefined),
  requestId: z.catch(z.optional(z.string()), undefined),
  type: z.catch(z.string(), ""),
  revision: z.catch(taskRevision, 1),
  ...traceAttributes,
});
const anyObject = z.catch(jsonObject, {});

/** As much of a message as can be read, for logs and to mark the task failed. */
export type MessageIds = z.output<typeof messageIds>;

/** The schemas of the envelope and of payloads took half of the time of a message before they were compiled. */
const compiledMessage = z.compile(taskMessage);

/** The parts of a message that could be read. */
export interface ReadMessage {
  readonly ids: MessageIds;
  /** Or the reason why this version cannot process it. */
  readonly message: TaskMessage | UnsupportedMessageError;
}

export function readMessage(text: string): ReadMessage {
  const json = parseJson(text);
  const { success, data, error } = compiledMessage.safeParse(json);
  if (success) return { ids: data, message: data };
  return {
    ids: messageIds.parse(anyObject.parse(json)),
    message: new UnsupportedMessageError("The message is not a task message", { cause: error }),
  };
}
