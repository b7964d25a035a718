import * as z from "zod";
import { corsOrigins } from "./cors-origins";
import { scheduleConfig, scheduleName } from "./schedule";

/** `deploy/20_infra/environments/<environment>/terraform.tfvars` */
export const infraConfig = z.strictObject({
  http_api: z.strictObject({
    /** Sustained requests per second above which the API responds with 429. */
    throttling_rate_limit: z.int().min(1).max(10_000),
    /** Concurrent requests above which the API responds with 429. */
    throttling_burst_limit: z.int().min(1).max(5_000),
    /** Origins that browsers may call the API from; an empty list disables CORS. */
    cors_allow_origins: corsOrigins,
  }),
  task_queue: z.strictObject({
    /** The worker's timeout for a batch, from which the queue's visibility timeout is derived. */
    worker_timeout_seconds: z.int().min(1).max(900),
    /** How long SQS waits to fill a batch; at least 1 for batches above 10. */
    batching_window_seconds: z.int().min(0).max(300),
    /** Deliveries before a message goes to the dead-letter queue; below 5 a throttled worker loses valid messages. */
    max_receive_count: z.int().min(5).max(1_000),
    /** Days that a task may wait for the worker. At most 13, less than the dead-letter queue's 14 days. */
    retention_days: z.int().min(1).max(13),
  }),
  table: z.strictObject({
    /** Without a table tasks are queued and run, and their status is not available. */
    enabled: z.boolean(),
    /** The table can be restored to any second of the last 35 days. */
    point_in_time_recovery: z.boolean(),
    /** DynamoDB does not delete the table while this is enabled. */
    deletion_protection: z.boolean(),
  }),
  outbox: z.strictObject({
    /** How often the producer publishes tasks that were created and not published. */
    sweep_interval_minutes: z.int().min(1).max(60),
  }),
  secrets: z.strictObject({
    /** Days in which a deleted secret can be restored; 0 deletes it immediately. */
    recovery_window_days: z.union([z.literal(0), z.int().min(7).max(30)], "0, or 7 to 30 days"),
  }),
  /** Scheduled tasks, by the name of their rule. */
  schedules: z.record(scheduleName, scheduleConfig),
});
export type InfraConfig = z.output<typeof infraConfig>;
