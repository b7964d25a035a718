import type { Mutation, SourceReplacement } from "./mutation";
import * as postgres from "./postgres-protections";

const repository = "functions/shared/aws/dynamodb/dynamo-task-repository.ts";
const conditions = "functions/shared/aws/dynamodb/conditions.ts";
const sweep = "functions/producer/sweep/sweep.ts";

/** Replaces a function that returns a condition by one that changes the condition. */
const withCondition = (change: string) =>
  `(original) => (...parameters) => {
    const { condition, values } = original(...parameters);
    return { condition: ${change}, values };
  }`;

const doNothing = "() => async () => {}";

const inWorker = (symbol: string, by: string): SourceReplacement => ({
  functions: ["worker"],
  file: conditions,
  symbol,
  by,
});

/** A created task is in the outbox until its message is sent; the sweep sends what is left there. */
export const outboxMark: Mutation = {
  description: "no outbox",
  replacements: [
    {
      functions: ["api"],
      file: "functions/shared/aws/dynamodb/task-item.ts",
      symbol: "partitionOfState",
      by: `(original) => (id, state) => state === "pending" ? undefined : original(id, state)`,
    },
    postgres.outboxMark,
  ],
};

/** The sweep puts a task whose message SQS has lost back into the outbox. */
export const requeue: Mutation = {
  description: "no requeue of lost messages",
  replacements: [{ functions: ["producer"], file: sweep, symbol: "Sweep.requeue", by: doNothing }],
};

/** The lease of a worker that ends expires: another worker claims the task, or the sweep marks it failed. */
export const lease: Mutation = {
  description: "leases that do not expire",
  replacements: [
    { functions: ["producer"], file: sweep, symbol: "Sweep.fail", by: doNothing },
    inWorker("leaseExpired", withCondition("`${condition} AND #state = :now`")),
    postgres.lease,
  ],
};

/** One worker at a time runs a task, and its effect is recorded once. */
export const claim: Mutation = {
  description: "claims and effects without conditions",
  replacements: [
    inWorker("claimable", withCondition("`attribute_exists(pk) OR (${condition})`")),
    inWorker("heldByAttempt", withCondition("`#state <> :attempts OR (${condition})`")),
    ...postgres.claim,
  ],
};

/** A failed call of SQS or DynamoDB is reported as 503. */
export const unavailable: Mutation = {
  description: "failed calls that are not reported as 503",
  replacements: [
    {
      functions: ["api"],
      file: "functions/api/services/task-service.ts",
      symbol: "TaskService.mapErrors",
      by: "() => (work) => work()",
    },
  ],
};

/**
 * A message that cannot be parsed does not fail the other messages of its batch. To fail the batch after its messages were
 * processed breaks nothing: the invalid one gets a retry delay of its own, and the next batch is without it.
 */
export const partialBatch: Mutation = {
  description: "an invalid message fails its batch",
  replacements: [
    {
      functions: ["worker"],
      file: "functions/worker/batch/read-message.ts",
      symbol: "readMessage",
      by: `(original) => (text) => {
        const read = original(text);
        if (read.message instanceof Error) throw read.message;
        return read;
      }`,
    },
  ],
};

/** The message of a task that its handler ends becomes a dead letter before it is acknowledged. */
export const deadLetter: Mutation = {
  description: "ended tasks without dead letters",
  replacements: [
    {
      functions: ["worker"],
      file: "functions/worker/batch/queue-delivery.ts",
      symbol: "QueueDelivery.sendDeadLetter",
      by: "() => async () => true",
    },
  ],
};

/** A task whose worker ended in the middle of an attempt runs alone afterwards. */
export const isolation: Mutation = {
  description: "interrupted tasks run with others",
  replacements: [
    inWorker("claimable", "(original) => (revision, now) => original(revision, now, true)"),
    postgres.isolation,
  ],
};

/** The task id of a schedule's slot is the same however often its rule fires. */
export const slotId: Mutation = {
  description: "a random id for each event of a rule",
  replacements: [
    {
      functions: ["producer"],
      file: "functions/shared/tasks/task-id.ts",
      symbol: "scheduledTaskId",
      by: "(original) => (schedule, time) => original(schedule + Math.random(), time)",
    },
  ],
};

/** The table has a record of each idempotency key. */
export const idempotencyRecord: Mutation = {
  description: "idempotency keys without records",
  replacements: [
    {
      functions: ["api"],
      file: repository,
      symbol: "DynamoTaskRepository.create",
      by: "(original) => (task, requestId) => original(task, requestId)",
    },
    postgres.idempotencyRecord,
  ],
};

/** A message that is older than the task's revision changes nothing. */
export const revision: Mutation = {
  description: "messages of any revision",
  replacements: [
    inWorker("notNewerThan", withCondition("`(${condition} OR #revision > :ofMessage)`")),
    postgres.revision,
  ],
};

/** Every error is reported as a problem document. */
export const problemDocuments: Mutation = {
  description: "errors reported by Express",
  replacements: [
    {
      functions: ["api"],
      file: "functions/api/http/error-handler.ts",
      symbol: "errorHandler",
      by: "() => () => (error, request, response, next) => next(error)",
    },
  ],
};

/** A body that is too large is rejected before anything is written. */
export const bodyLimit: Mutation = {
  description: "a larger body limit",
  replacements: [
    {
      functions: ["api"],
      file: "functions/api/http/json-body.ts",
      symbol: "bodyLimitBytes",
      by: "() => 1024 * 1024",
    },
  ],
};

/** A message is a string that SQS accepts, whatever its payload. */
export const escapedMessages: Mutation = {
  description: "messages without escapes",
  replacements: [
    {
      functions: ["api", "producer"],
      file: "functions/shared/tasks/message.ts",
      symbol: "encodeMessage",
      by: "() => (message) => JSON.stringify(message)",
    },
  ],
};
