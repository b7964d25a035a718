import { queueNames } from "@serverless-tasks/functions/service";
import * as z from "zod";
import { cacheConfig } from "./cache";
import { corsOrigins } from "./cors-origins";
import { domainConfig } from "./domain";
import { edgeConfig } from "./edge";
import { networkConfig } from "./network";
import { eachOf, except, namesWith } from "../../shared/each-of";
import { otherQueueConfig, queueConfig } from "./queue";
import { storeConfig } from "./store";
import { scheduleConfig, scheduleName } from "./schedule";
import { percent, setting } from "./setting";

/** `deploy/20_infra/environments/<environment>/terraform.tfvars` */
export const infraConfig = z.strictObject({
  http_api: z.strictObject({
    throttling_rate_limit: setting(
      "Sustained requests per second above which the API responds with 429.",
      z.int().min(1).max(10_000),
    ),
    throttling_burst_limit: setting(
      "Concurrent requests above which the API responds with 429.",
      z.int().min(1).max(5_000),
    ),
    cors_allow_origins: setting(
      "Origins that browsers may call the API from; an empty list disables CORS.",
      corsOrigins,
    ),
  }),
  domain: setting(
    "A domain name for the API; without it API Gateway generates its URL: docs/operations/edge.md.",
    domainConfig.optional(),
  ),
  edge: setting(
    "CloudFront and a web application firewall in front of the domain: docs/operations/edge.md.",
    edgeConfig.optional(),
  ),
  network: setting(
    "A VPC with private subnets and endpoints for the functions: docs/operations/network.md.",
    networkConfig.optional(),
  ),
  store: setting(
    "Where tasks are stored; without it in the table, if table.enabled: docs/operations/stores.md.",
    storeConfig.optional(),
  ),
  cache: setting(
    "A cache that limits the rate of each caller: docs/operations/stores.md.",
    cacheConfig.optional(),
  ),
  task_queue: queueConfig,
  ...eachOf(namesWith(except(queueNames, ["task"]), "queue"), () => otherQueueConfig),
  table: z.strictObject({
    enabled: setting(
      "Without a table tasks are queued and run, and their status is not available.",
      z.boolean(),
    ),
    point_in_time_recovery: setting(
      "The table can be restored to any second of the last 35 days.",
      z.boolean(),
    ),
    deletion_protection: setting("DynamoDB does not delete the table while this is enabled.", z.boolean()),
    task_retention_days: setting(
      "Days until a finished task expires; without it tasks are kept for ever. More than task_queue.retention_days, and at least the 14 days of dead letters in a protected environment: the dead letter of an expired task cannot run it.",
      z.int().min(1).max(3_650).optional(),
    ),
  }),
  outbox: z.strictObject({
    sweep_interval_minutes: setting(
      "How often the producer publishes tasks that were created and not published.",
      z.int().min(1).max(60),
    ),
  }),
  secrets: z.strictObject({
    recovery_window_days: setting(
      "Days in which a deleted secret can be restored; 0 deletes it immediately.",
      z.union([z.literal(0), z.int().min(7).max(30)], "0, or 7 to 30 days"),
    ),
  }),
  alarms: z.strictObject({
    oldest_message_seconds: setting(
      "How long a message may wait for the worker, in 3 of 5 minutes; at least 300, below which one batch of long tasks is an alarm.",
      z.int().min(300).max(1_209_600).default(300),
    ),
    api_5xx_percent: setting(
      "Requests that may fail, in 2 of 3 minutes: an error budget of 1 % in a month of short failures.",
      percent.default(1),
    ),
    api_4xx_percent: setting(
      "Requests that may be rejected, in 15 minutes: clients send some wrong requests; many are a wrong deployment.",
      percent.default(5),
    ),
    api_p99_milliseconds: setting(
      "Latency of the slowest hundredth of the requests, in 3 of 5 minutes: three times that of a cold start.",
      z.int().min(1).max(30_000).default(3_000),
    ),
    table_throttles: setting(
      "Throttled requests to the table in a minute: SDKs retry a few without a failed request.",
      z.int().min(0).default(10),
    ),
    table_transaction_conflicts: setting(
      "Conflicting transactions in a minute: a few come from duplicate deliveries.",
      z.int().min(0).default(10),
    ),
  }),
  schedules: setting("Scheduled tasks, by the name of their rule.", z.record(scheduleName, scheduleConfig)),
});
export type InfraConfig = z.output<typeof infraConfig>;
