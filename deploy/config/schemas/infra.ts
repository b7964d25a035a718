import * as z from "zod";
import { corsOrigins } from "./cors-origins";
import { scheduleConfig, scheduleName } from "./schedule";
import { setting } from "./setting";

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
  task_queue: z.strictObject({
    worker_timeout_seconds: setting(
      "The worker's timeout for a batch, from which the queue's visibility timeout is derived.",
      z.int().min(1).max(900),
    ),
    batching_window_seconds: setting(
      "How long SQS waits to fill a batch; at least 1 for batches above 10.",
      z.int().min(0).max(300),
    ),
    max_receive_count: setting(
      "Deliveries before a message goes to the dead-letter queue; below 5 a throttled worker loses valid messages.",
      z.int().min(5).max(1_000),
    ),
    retention_days: setting(
      "Days that a task may wait for the worker. At most 13, less than the dead-letter queue's 14 days.",
      z.int().min(1).max(13),
    ),
  }),
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
  schedules: setting("Scheduled tasks, by the name of their rule.", z.record(scheduleName, scheduleConfig)),
});
export type InfraConfig = z.output<typeof infraConfig>;
