import type { Mutation } from "./mutation";

/** A task that is accepted has its outbox mark, and the sweep sends it again. */
export const outboxMark: Mutation = {
  what: "no outbox mark",
  functions: ["api"],
  edits: [
    { file: "functions/shared/aws/dynamodb/task-item.ts", from: "    ...outboxMark(task.id),\n", to: "" },
  ],
};

/** A task whose message is gone from the queue is put back in the outbox. */
export const requeue: Mutation = {
  what: "lost messages that stay lost",
  functions: ["producer"],
  edits: [
    {
      file: "functions/producer/sweep/sweep.ts",
      from: "(each) => this.requeue(each)",
      to: "() => Promise.resolve()",
    },
  ],
};

/** A worker that dies loses its lease, and another one takes over; or the sweep ends the task. */
export const lease: Mutation = {
  what: "leases that never end",
  functions: ["worker", "producer"],
  edits: [
    {
      file: "functions/producer/sweep/sweep.ts",
      from: "(each) => this.fail(each)",
      to: "() => Promise.resolve()",
    },
    {
      file: "functions/shared/aws/dynamodb/dynamo-task-repository.ts",
      from: "#leaseEnds < :now",
      to: "#leaseEnds < :now AND #state = :now",
    },
  ],
};

/** A task is begun by one worker at a time, and has its effect once. */
export const claim: Mutation = {
  what: "claims and effects without conditions",
  functions: ["worker"],
  edits: [
    {
      file: "functions/shared/aws/dynamodb/dynamo-task-repository.ts",
      from: "...allOf(claimable, notNewerThan(revision)),",
      to: '...{ ...allOf(claimable, notNewerThan(revision)), condition: "attribute_exists(pk) OR (" + allOf(claimable, notNewerThan(revision)).condition + ")" },',
    },
    {
      file: "functions/shared/aws/dynamodb/dynamo-task-repository.ts",
      from: "ConditionExpression: `attribute_not_exists(${tableSchema.partitionKey})`,",
      to: "",
    },
    {
      file: "functions/shared/aws/dynamodb/conditions.ts",
      from: 'condition: "#state = :running AND #attempts = :attempts"',
      to: 'condition: "#state <> :attempts OR (#state = :running AND #attempts = :attempts)"',
    },
  ],
};

/** What fails is told to the client as unavailable, and nothing else. */
export const unavailable: Mutation = {
  what: "errors that are not told as unavailable",
  functions: ["api"],
  edits: [
    {
      file: "functions/api/services/task-service.ts",
      from: "if (isPermanentRejection(error)) throw refused();",
      to: "throw error;",
    },
  ],
};

/** One message that fails does not take its neighbours with it. */
export const partialBatch: Mutation = {
  what: "a batch that fails as a whole",
  functions: ["worker"],
  edits: [
    {
      file: "functions/worker/batch/queue-delivery.ts",
      from: "      return false;\n",
      to: "      throw error;\n",
    },
  ],
};

/** What a worker was working on when it ended runs alone afterwards. */
export const isolation: Mutation = {
  what: "interrupted tasks begun among others",
  functions: ["worker"],
  edits: [
    {
      file: "functions/shared/aws/dynamodb/dynamo-task-repository.ts",
      from: "const claimable = exclusive ? freeOrInterrupted : free;",
      to: "const claimable = freeOrInterrupted;",
    },
  ],
};

/** The id of a slot's task is the same however often its rule fires. */
export const slotId: Mutation = {
  what: "an id by chance for each firing",
  functions: ["producer"],
  edits: [
    {
      file: "functions/producer/submit-scheduled.ts",
      from: "const id = scheduledTaskId(schedule, new Date(time));",
      to: "const id = scheduledTaskId(schedule + Math.random(), new Date(time));",
    },
  ],
};

/** A key that was used is remembered. */
export const idempotencyRecord: Mutation = {
  what: "keys that are not remembered",
  functions: ["api"],
  edits: [
    {
      file: "functions/shared/aws/dynamodb/dynamo-task-repository.ts",
      from: "return idempotency === undefined",
      to: "return idempotency !== null",
    },
  ],
};

/** An older message than the task's revision changes nothing. */
export const revision: Mutation = {
  what: "messages of any age",
  functions: ["worker"],
  edits: [
    {
      file: "functions/shared/aws/dynamodb/conditions.ts",
      from: 'condition: "#revision <= :ofMessage"',
      to: 'condition: "(#revision <= :ofMessage OR #revision > :ofMessage)"',
    },
  ],
};

/** Every error is told as a problem document. */
export const problemDocuments: Mutation = {
  what: "errors as Express tells them",
  functions: ["api"],
  edits: [
    {
      file: "functions/api/app.ts",
      from: "return app.use(errorHandler(log));",
      to: "errorHandler(log); return app;",
    },
  ],
};

/** A body that is too large is refused before anything is done. */
export const bodyLimit: Mutation = {
  what: "no limit of the body",
  functions: ["api"],
  edits: [
    {
      file: "functions/api/http/json-body.ts",
      from: "export const bodyLimitBytes = 128 * 1024;",
      to: "export const bodyLimitBytes = 1024 * 1024;",
    },
  ],
};

/** A message is text that SQS accepts, whatever is in its payload. */
export const escapedMessages: Mutation = {
  what: "messages without escapes",
  functions: ["api", "producer"],
  edits: [
    {
      file: "functions/shared/tasks/message.ts",
      from: "JSON.stringify(message).replace(refusedBySqs, escaped)",
      to: "JSON.stringify(message)",
    },
  ],
};
