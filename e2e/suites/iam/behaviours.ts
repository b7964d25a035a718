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

/** Something that a function does, and that its permissions are for. */
export interface Behaviour {
  readonly of: FunctionName;
  readonly what: string;
  /** Whether it does it. */
  readonly works: (e2e: E2eEnvironment) => Promise<boolean>;
}

/** Long enough for what is done at once, and much shorter than what the sweep or the queue would mend. */
const secondsToSee = 12;
const payload = { message: "permitted" };

const accept = async (
  { service }: E2eEnvironment,
  type: string,
  body: object,
): Promise<string | undefined> => {
  const answer = await service.api.call("POST", "/tasks", { type, payload: body });
  return answer.status === 202 ? answer.headers.get("location")?.split("/").at(-1) : undefined;
};

/** Whether a task comes to its end, as the table has it: past the API, whose permissions may be gone. */
async function succeeds({ service }: E2eEnvironment, id: string | undefined): Promise<boolean> {
  if (id === undefined) return false;
  const found = await within(secondsToSee, async () => {
    const task = await service.repository.get(id);
    return task?.state === "succeeded" ? true : undefined;
  });
  return found === true;
}

const answers = async ({ service }: E2eEnvironment, method: string, path: string, status: number) =>
  (await service.api.call(method, path)).status === status;

const noTask = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

/** Whether the producer takes an event. */
async function producerTakes({ account, local }: E2eEnvironment, event: object): Promise<boolean> {
  const { FunctionError } = await account.lambda.send(
    new InvokeCommand({
      FunctionName: `tasks-${local.cloud.config.name}-producer`,
      Qualifier: "live",
      Payload: JSON.stringify(event),
    }),
  );
  return FunctionError === undefined;
}

/** Fires a schedule of which this is the only slot. */
async function schedules(e2e: E2eEnvironment): Promise<boolean> {
  const now = new Date();
  const schedule = `probe-${now.getTime()}`;
  const event = { kind: "schedule", schedule, time: now.toISOString(), type: "echo", payload };
  return (await producerTakes(e2e, event)) && succeeds(e2e, scheduledTaskId(schedule, now));
}

/** Sweeps when a task is there that was accepted and not sent. */
async function sweeps(e2e: E2eEnvironment): Promise<boolean> {
  const { repository } = e2e.service;
  const longAgo = new Date(Date.now() - 2 * sweepAgeMilliseconds);
  const task = newTask(newTaskId(longAgo), "echo", payload, longAgo);
  await repository.create(task, "probe");
  const swept = await producerTakes(e2e, { kind: "sweep", time: new Date().toISOString() });
  return swept && succeeds(e2e, task.id);
}

/** Sweeps when a queued task's message is gone. */
async function requeues(e2e: E2eEnvironment): Promise<boolean> {
  const { repository } = e2e.service;
  const created = new Date(Date.now() - 1_000);
  const task = newTask(newTaskId(created), "echo", payload, created);
  await repository.create(task, "probe");
  await repository.markPublished({ taskId: task.id, revision: 1 });
  const time = new Date(Date.now() + 1_000).toISOString();
  await producerTakes(e2e, { kind: "sweep", time, queuedBefore: time });
  return (await repository.get(task.id))?.revision === 2;
}

/** Signs with a value that was not there before: one that a worker knows already would serve it without permission. */
async function signs(e2e: E2eEnvironment): Promise<boolean> {
  const key = randomValue();
  await setSecret(e2e.account.secrets, `tasks-${e2e.local.cloud.config.name}-signing-key`, key);
  const wanted = createHmac("sha256", key).update("permitted").digest("base64url");
  const seen = await within(secondsToSee, async () => {
    const id = await accept(e2e, "document.sign", { document: "permitted" });
    if (id === undefined || !(await succeeds(e2e, id))) return undefined;
    const { result } = (await e2e.service.repository.get(id)) ?? {};
    return result?.signature === wanted ? true : undefined;
  });
  return seen === true;
}

export const behaviours: readonly Behaviour[] = [
  {
    of: "api",
    what: "a task is accepted, and sent at once",
    works: async (e2e) => succeeds(e2e, await accept(e2e, "echo", payload)),
  },
  { of: "api", what: "a task is read", works: (e2e) => answers(e2e, "GET", `/tasks/${noTask}`, 404) },
  {
    of: "api",
    what: "a task is cancelled",
    works: (e2e) => answers(e2e, "DELETE", `/tasks/${noTask}`, 404),
  },
  { of: "api", what: "tasks are listed", works: (e2e) => answers(e2e, "GET", "/tasks", 200) },
  {
    of: "api",
    what: "tasks of one state are listed",
    works: (e2e) => answers(e2e, "GET", "/tasks?state=failed", 200),
  },
  {
    of: "worker",
    what: "a task is run",
    works: async (e2e) => succeeds(e2e, await accept(e2e, "echo", payload)),
  },
  {
    of: "worker",
    what: "tasks are counted",
    works: async (e2e) => succeeds(e2e, await accept(e2e, "report.summary", { hours: 1 })),
  },
  {
    of: "worker",
    what: "a task that failed is tried again soon",
    works: async (e2e) => succeeds(e2e, await accept(e2e, "dependency.call", { failures: 1 })),
  },
  {
    of: "worker",
    what: "a document is signed with a new secret",
    works: signs,
  },
  { of: "producer", what: "a scheduled task is handed in, and sent at once", works: schedules },
  { of: "producer", what: "the outbox is swept", works: sweeps },
  { of: "producer", what: "a task whose message is gone is put back in the outbox", works: requeues },
];
