import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { DynamoTaskRepository } from "@serverless-tasks/functions/shared/aws/dynamodb/dynamo-task-repository";
import type { Task } from "@serverless-tasks/functions/shared/tasks/task";
import { firstIdAt } from "@serverless-tasks/functions/shared/tasks/task-id";
import { freePort } from "../../packages/aws-stub/src/loopback";
import { apiAddress } from "../../packages/local-cloud/src/api-address";
import { localClientConfig } from "../../packages/local-cloud/src/aws-clients";
import { stopOnInterrupt } from "../../packages/local-cloud/src/interrupt";
import { localPaths } from "../../packages/local-cloud/src/local-paths";
import { StepReporter } from "../../packages/local-cloud/src/step-reporter";
import { closedLoop, percentilesOf } from "./closed-loop";
import { loadFailed } from "./errors";
import { httpEvent, type Method } from "./events";
import { figureOf } from "./figures";
import type { BenchContext, Measured } from "./part";
import { measureReport } from "./report-load";
import type { Figure } from "./results";
import { untilEmpty, withStartedCloud, workerVariables } from "./started-cloud";

const concurrencies = [1, 4, 16] as const;
const quickConcurrencies = [1, 4] as const;
/** Tasks of a day that a report counts; a multiple of 25. */
const reportedTasks = 100_000;
const quickReportedTasks = 1_000;

/** Measures a closed-loop load on the local cloud: accepted and done tasks, at several concurrencies. */
export async function loadPart({ quick, folder, report }: BenchContext): Promise<Measured> {
  const LOCAL_CLOUD_HOME = join(folder, "load");
  mkdirSync(LOCAL_CLOUD_HOME);
  const signal = stopOnInterrupt();
  const options = {
    paths: localPaths({ ...process.env, LOCAL_CLOUD_HOME }),
    environment: "dev",
    port: await freePort(),
    steps: new StepReporter(report),
    signal,
  };
  const seconds = quick ? 3 : 15;
  const figures = await withStartedCloud(options, async (cloud, outputs) => {
    const base = apiAddress(outputs.api_url, cloud.target.endpoint);
    const { TABLE_NAME = "" } = await workerVariables(cloud, outputs);
    const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient(localClientConfig(cloud.target)));
    const repository = new DynamoTaskRepository(dynamo, TABLE_NAME);
    const found: Figure[] = [];
    for (const clients of quick ? quickConcurrencies : concurrencies) {
      signal.throwIfAborted();
      const subject = `${clients} at once`;
      report(`${subject}: GET /health`);
      const health = await closedLoop(clients, seconds, () => send(base, "GET"));
      report(`${subject}: POST /tasks`);
      const started = new Date();
      const accepted = await closedLoop(clients, seconds, () => send(base, "POST"));
      await untilEmpty(cloud, outputs, report, signal);
      const drainSeconds = (Date.now() - started.getTime()) / 1000;
      const done = await finishedSince(repository, started);
      found.push(
        figureOf(subject, "GET /health", "/s", health.throughput),
        figureOf(subject, "accepted", "/s", accepted.throughput),
        figureOf(subject, "done", "/s", done.length / drainSeconds),
        ...percentilesOf(accepted.latencies).map(([name, value]) =>
          figureOf(subject, `accept ${name}`, "ms", value),
        ),
        ...percentilesOf(done.map(millisecondsOf)).map(([name, value]) =>
          figureOf(subject, `accept to done ${name}`, "ms", value),
        ),
      );
    }
    const reported = quick ? quickReportedTasks : reportedTasks;
    return [...found, ...(await measureReport(dynamo, TABLE_NAME, reported, report))];
  });
  return { figures, comparisons: [] };
}

async function send(base: string, method: Method): Promise<void> {
  const { rawPath, body } = httpEvent(method);
  const request = {
    method,
    headers: { "content-type": "application/json" },
    ...(body !== undefined && { body }),
  };
  const response = await fetch(`${base}${rawPath}`, request);
  const text = await response.text();
  if (!response.ok) throw loadFailed(method, `status ${response.status}: ${text}`);
}

/** Tasks that were created since then and have succeeded. */
async function finishedSince(repository: DynamoTaskRepository, time: Date): Promise<Task[]> {
  const found: Task[] = [];
  const first = firstIdAt(time);
  let before: string | undefined;
  do {
    const { tasks, next } = await repository.list({ limit: 100, before });
    for (const task of tasks)
      if (!("unreadable" in task) && task.id >= first && task.state === "succeeded") found.push(task);
    before = next;
  } while (before !== undefined && before >= first);
  return found;
}

const millisecondsOf = ({ createdAt, updatedAt }: Task) => Date.parse(updatedAt) - Date.parse(createdAt);
