import { log } from "./logged.mjs";
import { send } from "./queue.mjs";
import { markSent, put } from "./table.mjs";

/** The clients of the service: client-sqs, client-dynamodb, lib-dynamodb and Powertools' logger. */
export const saveTask = async (task) => {
  await put(task);
  await send(task);
  await markSent(task);
};
export const logResponse = log;
