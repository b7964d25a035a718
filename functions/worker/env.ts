import * as z from "zod/mini";
import {
  commonEnvironment,
  jsonString,
  positiveInteger,
  type EnvironmentOf,
} from "../shared/runtime/environment";
import { taskSecrets } from "./handlers";

/** The environment of the worker function; deploy/30_app/functions/worker.ts sets it. */
export const workerEnvironment = z.extend(commonEnvironment, {
  /** The task queue's `maxReceiveCount`: a message that fails at this delivery becomes a dead letter. */
  MAX_RECEIVE_COUNT: positiveInteger,
  /** URL of the queue for the messages of tasks that a handler ends by a NonRetryableError. */
  DEAD_LETTER_QUEUE_URL: z.url(),
  /** ARNs of the secrets that task types declare, by name: a JSON object. The values are never in the environment. */
  SECRET_ARNS: z.pipe(jsonString, z.record(z.enum(taskSecrets), z.string().check(z.startsWith("arn:")))),
  /** How long a secret's value is used before it is read again. */
  SECRET_MAX_AGE_SECONDS: positiveInteger,
});
export type WorkerEnvironment = EnvironmentOf<typeof workerEnvironment>;
