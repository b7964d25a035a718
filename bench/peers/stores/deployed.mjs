import { log } from "./logged.mjs";
import { send } from "./queue.mjs";
import { markSent, put } from "./table.mjs";

/** What the service itself has: client-sqs, client-dynamodb, lib-dynamodb and Powertools' logger. */
export const accept = async (task) => {
  await put(task);
  await send(task);
  await markSent(task);
};
export const answered = log;
