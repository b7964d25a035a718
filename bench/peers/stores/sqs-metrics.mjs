import { log } from "./logged.mjs";
import { count } from "./measured.mjs";
import { send } from "./queue.mjs";

/** client-sqs, Powertools' logger and metrics. */
export const saveTask = send;
export const logResponse = (method, path, status) => {
  log(method, path, status);
  count();
};
