import type { LambdaClient } from "@aws-sdk/client-lambda";
import { canaryType } from "@serverless-tasks/functions/shared/tasks/canary";
import { encodeMessage, messageVersion } from "@serverless-tasks/functions/shared/tasks/message";
import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod";
import { invokeFunction, queueEvent, requestApi } from "./invoke-function";
import type { ReleaseInput } from "../../deploy/30_app/lambda/release-input";

interface Retries {
  readonly attempts: number;
  readonly pauseMilliseconds: number;
}

/** New roles have their permissions after some seconds, when IAM has applied them. */
export const firstRelease: Retries = { attempts: 15, pauseMilliseconds: 2_000 };
export const laterRelease: Retries = { attempts: 3, pauseMilliseconds: 2_000 };
/** How long a task may take through the queue: the cold start of the worker, and its long poll. */
const taskSeconds = 30;

const createdTask = z.object({ id: z.string() });
const readTask = z.object({
  state: z.string(),
  error: z.string().optional(),
  result: z.object({ version: z.string() }).optional(),
});
const batchResponse = z.object({ batchItemFailures: z.array(z.unknown()) });

export interface ServiceChecks {
  /** By direct invocation of the versions, which receive no other invocations yet. */
  readonly checkVersions: () => Promise<void>;
  /** Through the aliases and the queue. */
  readonly checkService: () => Promise<void>;
  /** `GET /health` through the alias. */
  readonly probe: () => Promise<void>;
}

/**
 * The checks of a release: the health of the API; a task of the type `canary`, from the API through the worker; a sweep.
 */
export function serviceChecks(
  lambda: LambdaClient,
  { alias, functions, standby = false }: ReleaseInput,
  retries: Retries,
): ServiceChecks {
  const api = required(functions, "api");
  const worker = required(functions, "worker");
  const producer = required(functions, "producer");

  const health = async (qualifier: string) => {
    await requestApi(lambda, api.name, qualifier, { route: "GET /health", path: "/health" }, [200]);
  };
  const createTask = async (qualifier: string, delivery: "direct" | "queue") => {
    const body = { type: canaryType, payload: { delivery } };
    const request = { route: "POST /tasks", path: "/tasks", body };
    return createdTask.parse((await requestApi(lambda, api.name, qualifier, request, [202])).body).id;
  };
  /** @returns undefined without a table, where a task cannot be read */
  const getTask = async (qualifier: string, id: string) => {
    const request = { route: "GET /tasks/{id}", path: `/tasks/${id}` };
    const { statusCode, body } = await requestApi(lambda, api.name, qualifier, request, [200, 501]);
    return statusCode === 501 ? undefined : readTask.parse(body);
  };

  /** The worker gets the message from the release: the queue's messages go to the version that is live. */
  const runTask = async () => {
    const id = await createTask(api.version, "direct");
    const message = encodeMessage({
      version: messageVersion,
      taskId: id,
      revision: 1,
      type: canaryType,
      payload: { delivery: "direct" },
      requestId: "release",
    });
    const event = queueEvent(message, new Date());
    const { batchItemFailures } = batchResponse.parse(
      await invokeFunction(lambda, worker.name, worker.version, event),
    );
    const task = await getTask(api.version, id);
    if (batchItemFailures.length > 0) throw new Error(failedTask(worker, task));
    if (task !== undefined && task.result?.version !== worker.version)
      throw new Error(failedTask(worker, task));
  };

  return {
    checkVersions: async () => {
      await retried(retries, () => health(api.version));
      await retried(retries, runTask);
      // It would publish the tasks of the first region to a queue without a consumer.
      if (standby) return;
      await retried(retries, async () => {
        const event = { kind: "sweep", time: new Date().toISOString() };
        await invokeFunction(lambda, producer.name, producer.version, event);
      });
    },
    checkService: async () => {
      await health(alias);
      if (standby) return;
      const id = await createTask(alias, "queue");
      const end = Date.now() + taskSeconds * 1000;
      for (;;) {
        const task = await getTask(alias, id);
        if (task === undefined || task.state === "succeeded") return;
        if (task.state === "failed" || Date.now() > end)
          throw new Error(
            `a task through the queue is ${task.state}, expected succeeded within ${taskSeconds} s${reasonOf(task)}`,
          );
        await delay(500);
      }
    },
    probe: () => retried(retries, () => health(alias)),
  };
}

type ReadTask = z.output<typeof readTask> | undefined;

const reasonOf = (task: ReadTask) => (task?.error === undefined ? "" : `: ${task.error}`);
const failedTask = ({ name, version }: { readonly name: string; readonly version: string }, task: ReadTask) =>
  `${name}:${version} has not run a task: it is ${task?.state ?? "unknown"}${reasonOf(task)}`;

async function retried({ attempts, pauseMilliseconds }: Retries, work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (attempt >= attempts) throw error;
      await delay(pauseMilliseconds);
    }
  }
}

function required(functions: ReleaseInput["functions"], name: string) {
  const found = functions[name];
  if (found === undefined) throw new Error(`Expected the function ${name} in RELEASE, found none`);
  return found;
}
