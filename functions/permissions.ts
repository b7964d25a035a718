import { apiPermissions } from "./api/permissions";
import { producerPermissions } from "./producer/permissions";
import { consumedQueues, type FunctionName } from "./service";
import type { FunctionPermissions } from "./shared/runtime/permissions";
import { workerPermissions } from "./worker/permissions";

/** A function that is not here may only consume its queue, and write logs and traces. */
const permissions: Readonly<Partial<Record<FunctionName, FunctionPermissions>>> = {
  api: apiPermissions,
  worker: workerPermissions,
  producer: producerPermissions,
};

const none: Required<FunctionPermissions> = {
  queues: {},
  deadLetterQueues: {},
  table: [],
  queries: [],
  tables: {},
  buckets: {},
  secrets: [],
};

/** Lambda's poller receives and deletes messages and reads attributes with the function's role. */
const polling = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"] as const;

/** The permissions of a function: those that it declares, and polling of the queues that it consumes. */
export function permissionsOf(name: FunctionName): Required<FunctionPermissions> {
  const declared = { ...none, ...permissions[name] };
  const consumed = consumedQueues(name).map(
    (queue) => [queue, [...polling, ...(declared.queues[queue] ?? [])]] as const,
  );
  return { ...declared, queues: { ...declared.queues, ...Object.fromEntries(consumed) } };
}
