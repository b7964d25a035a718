import { createHmac } from "node:crypto";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { sweepAgeMilliseconds } from "@serverless-tasks/functions/producer/sweep/sweep";
import { newTask } from "@serverless-tasks/functions/shared/tasks/task";
import { newTaskId, scheduledTaskId } from "@serverless-tasks/functions/shared/tasks/task-id";
import type { FunctionName } from "../../../scripts/build/paths";
import { randomValue } from "../../../scripts/operations/secret-value";
import { setSecret } from "../../../scripts/operations/set-secret";
import { within } from "../../support/eventually";
import type { E2eEnvironment } from "../../support/e2e-environment";
import { prefixOf } from "../../support/names";

/** A behaviour of a function that needs some of its permissions. */
export interface Behaviour {
  readonly of: FunctionName;
  readonly name: string;
  readonly works: (e2e: E2eEnvironment) => Promise<boolean>;
}

/** Enough for a function that works, and too short for a sweep or a redelivery to make up for one that does not. */
const timeoutSeconds = 12;
const payload = { message: "permitted" };

/** @returns the id of the task; undefined when the API rejects it */
const createTask = async (
  { service }: E2eEnvironment,
  type: string,
  body: object,
): Promise<string | undefined> => {
  const response = await service.api.call("POST", "/tasks", { type, payload: body });
  return response.status === 202 ? response.headers.get("location")?.split("/").at(-1) : undefined;
};

/** Whether a task succeeds. Reads the table, since the API may lack permissions. */
async function succeeds({ service }: E2eEnvironment, id: string | undefined): Promise<boolean> {
  if (id === undefined) return false;
  const found = await within(timeoutSeconds, async () => {
    const task = await service.repository.get(id);
    return task?.state === "succeeded" ? true : undefined;
  });
  return found === true;
}

const responds = async ({ service }: E2eEnvironment, method: string, path: string, status: number) =>
  (await service.api.call(method, path)).status === status;

const missingTask = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

/** Whether the producer handles an event without an error. */
async function producerSucceeds({ account, local }: E2eEnvironment, event: object): Promise<boolean> {
  const { FunctionError } = await account.lambda.send(
    new InvokeCommand({
      FunctionName: `${prefixOf(local.cloud.config.name)}-producer`,
      Qualifier: "live",
      Payload: JSON.stringify(event),
    }),
  );
  return FunctionError === undefined;
}

/** Whether the producer submits the task of a schedule. */
async function submitsScheduledTask(e2e: E2eEnvironment): Promise<boolean> {
  const now = new Date();
  const schedule = `probe-${now.getTime()}`;
  const event = { kind: "schedule", schedule, time: now.toISOString(), type: "echo", payload };
  return (await producerSucceeds(e2e, event)) && succeeds(e2e, scheduledTaskId(schedule, now));
}

/** Whether a sweep publishes a task in the outbox. */
async function sweeps(e2e: E2eEnvironment): Promise<boolean> {
  const { repository } = e2e.service;
  const longAgo = new Date(Date.now() - 2 * sweepAgeMilliseconds);
  const task = newTask(newTaskId(longAgo), "echo", payload, longAgo);
  await repository.create(task, { requestId: "probe" });
  const swept = await producerSucceeds(e2e, { kind: "sweep", time: new Date().toISOString() });
  return swept && succeeds(e2e, task.id);
}

/** Whether a sweep puts a queued task whose message is lost back into the outbox. */
async function requeues(e2e: E2eEnvironment): Promise<boolean> {
  const { repository } = e2e.service;
  const created = new Date(Date.now() - 1_000);
  const task = newTask(newTaskId(created), "echo", payload, created);
  await repository.create(task, { requestId: "probe" });
  await repository.markPublished({ taskId: task.id, revision: 1 });
  const time = new Date(Date.now() + 1_000).toISOString();
  await producerSucceeds(e2e, { kind: "sweep", time, queuedBefore: time });
  return (await repository.get(task.id))?.revision === 2;
}

/** Whether a task of a handler that ends it has a dead letter after one attempt. */
async function endsTask(e2e: E2eEnvironment): Promise<boolean> {
  const { repository, deadLetters } = e2e.service;
  const before = await deadLetters.size();
  const id = await createTask(e2e, "dependency.call", { failures: 9, permanent: true });
  const isDead = await within(timeoutSeconds, async () =>
    (await deadLetters.size()) > before ? true : undefined,
  );
  return isDead === true && id !== undefined && (await repository.get(id))?.attempts === 1;
}

/** Whether the worker signs with a new value: it could use a cached one without permission. */
async function signs(e2e: E2eEnvironment): Promise<boolean> {
  const key = randomValue();
  await setSecret(e2e.account.secrets, `${prefixOf(e2e.local.cloud.config.name)}-signing-key`, key);
  const expected = createHmac("sha256", key).update("permitted").digest("base64url");
  const found = await within(timeoutSeconds, async () => {
    const id = await createTask(e2e, "document.sign", { document: "permitted" });
    if (id === undefined || !(await succeeds(e2e, id))) return undefined;
    const { result } = (await e2e.service.repository.get(id)) ?? {};
    return result?.signature === expected ? true : undefined;
  });
  return found === true;
}

export const behaviours: readonly Behaviour[] = [
  {
    of: "api",
    name: "creates and publishes a task",
    works: async (e2e) => succeeds(e2e, await createTask(e2e, "echo", payload)),
  },
  { of: "api", name: "gets a task", works: (e2e) => responds(e2e, "GET", `/tasks/${missingTask}`, 404) },
  {
    of: "api",
    name: "cancels a task",
    works: (e2e) => responds(e2e, "DELETE", `/tasks/${missingTask}`, 404),
  },
  { of: "api", name: "lists tasks", works: (e2e) => responds(e2e, "GET", "/tasks", 200) },
  {
    of: "api",
    name: "lists tasks of a state",
    works: (e2e) => responds(e2e, "GET", "/tasks?state=failed", 200),
  },
  {
    of: "api",
    name: "lists tasks of a type",
    works: (e2e) => responds(e2e, "GET", "/tasks?type=echo", 200),
  },
  {
    of: "worker",
    name: "runs a task",
    works: async (e2e) => succeeds(e2e, await createTask(e2e, "echo", payload)),
  },
  {
    of: "worker",
    name: "counts tasks",
    works: async (e2e) => succeeds(e2e, await createTask(e2e, "report.summary", { hours: 1 })),
  },
  {
    of: "worker",
    name: "retries a failed task after a short delay",
    works: async (e2e) => succeeds(e2e, await createTask(e2e, "dependency.call", { failures: 1 })),
  },
  { of: "worker", name: "ends a task that cannot succeed, with a dead letter", works: endsTask },
  {
    of: "worker",
    name: "signs a document with a new secret value",
    works: signs,
  },
  { of: "producer", name: "creates and publishes a scheduled task", works: submitsScheduledTask },
  { of: "producer", name: "publishes a task in the outbox", works: sweeps },
  { of: "producer", name: "puts a task whose message is lost back into the outbox", works: requeues },
];
