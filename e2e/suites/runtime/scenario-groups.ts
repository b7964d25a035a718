import { taskSecrets } from "@serverless-tasks/functions/worker/handlers";
import type { ApiEnvironment } from "@serverless-tasks/functions/api/env";
import type { ProducerEnvironment } from "@serverless-tasks/functions/producer/env";
import type { WorkerEnvironment } from "@serverless-tasks/functions/worker/env";
import { apiFailures, apiWithoutTable } from "./api-failures";
import { apiRequests } from "./api-requests";
import { httpEvent } from "./http-events";
import { producerScenarios, producerWithoutTable } from "./producer-scenarios";
import type { ScenarioGroup, Scenario } from "./scenario";
import { maxReceiveCount, workerScenarios, workerWithoutTable } from "./worker-scenarios";

/** Environment variables of a function, without the URLs of queues, which `lambdaFunction` sets. */
type Variables<Environment> = Omit<Environment, "TASK_QUEUE_URL" | "DEAD_LETTER_QUEUE_URL">;

const common = {
  PROJECT: "tasks",
  ENVIRONMENT: "dev",
  SERVICE_VERSION: "1",
  LOG_LEVEL: "DEBUG",
  TABLE_NAME: "tasks",
  DATABASE_URL: undefined,
  TASK_RETENTION_DAYS: "30",
};
const api: Variables<ApiEnvironment> = {
  ...common,
  SERVICE_NAME: "api",
  COMMIT: "abc",
  AUTHORIZATION: "iam",
  PUBLIC_URL: undefined,
  ORIGIN_SECRET_ARN: undefined,
  ORIGIN_SECRET_MAX_AGE_SECONDS: undefined,
  CACHE_URL: undefined,
  RATE_LIMIT_PER_MINUTE: undefined,
  RATE_LIMIT_BURST: undefined,
};
const worker: Variables<WorkerEnvironment> = {
  ...common,
  SERVICE_NAME: "worker",
  MAX_RECEIVE_COUNT: String(maxReceiveCount),
  SECRET_ARNS: JSON.stringify(
    Object.fromEntries(
      taskSecrets.map((name) => [name, "arn:aws:secretsmanager:us-east-1:111111111111:secret:key"]),
    ),
  ),
  SECRET_MAX_AGE_SECONDS: "300",
};
const producer: Variables<ProducerEnvironment> = {
  ...common,
  SERVICE_NAME: "producer",
  REDELIVERY_SECONDS: "90",
  MESSAGE_LIFETIME_SECONDS: "345690",
};

const withoutTable = { TABLE_NAME: undefined };
const health: readonly Scenario[] = [{ name: "get health", event: httpEvent("GET", "/health") }];

/** All scenarios, by function and environment. */
export const scenarioGroups: readonly ScenarioGroup[] = [
  { name: "api", functionName: "api", environment: api, scenarios: [...apiRequests, ...apiFailures] },
  {
    name: "api without a table",
    functionName: "api",
    environment: { ...api, ...withoutTable },
    scenarios: apiWithoutTable,
  },
  {
    name: "api with invalid environment variables",
    functionName: "api",
    environment: { ...api, COMMIT: "", LOG_LEVEL: "LOUD", TABLE_NAME: "t", TASK_QUEUE_URL: "tasks" },
    scenarios: health,
  },
  { name: "worker", functionName: "worker", environment: worker, scenarios: workerScenarios },
  {
    name: "worker without a table",
    functionName: "worker",
    environment: { ...worker, ...withoutTable },
    scenarios: workerWithoutTable,
  },
  {
    name: "worker with invalid environment variables",
    functionName: "worker",
    environment: { ...worker, MAX_RECEIVE_COUNT: "0", SECRET_ARNS: "{" },
    scenarios: [{ name: "empty batch", event: { Records: [] } }],
  },
  { name: "producer", functionName: "producer", environment: producer, scenarios: producerScenarios },
  {
    name: "producer without a table",
    functionName: "producer",
    environment: { ...producer, ...withoutTable },
    scenarios: producerWithoutTable,
  },
];
