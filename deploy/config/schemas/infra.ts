import * as z from "zod";
import { corsOrigins } from "./cors-origins";
import { scheduleConfig, scheduleName } from "./schedule";

/** `deploy/20_infra/environments/<environment>/terraform.tfvars` */
export const infraConfig = z.strictObject({
  http_api: z.strictObject({
    /** Requests per second that the API's stage lets through, in the long run, before it answers 429. */
    throttling_rate_limit: z.int().min(1).max(10_000),
    /** Requests at once that it lets through before it answers 429. */
    throttling_burst_limit: z.int().min(1).max(5_000),
    /** Origins that browsers may call from; an empty list turns CORS off. */
    cors_allow_origins: corsOrigins,
  }),
  task_queue: z.strictObject({
    /** How long the worker may take for a batch; the queue's visibility timeout follows from it. */
    worker_timeout_seconds: z.int().min(1).max(900),
    /** How long a batch may wait to be filled; at least 1 for batches above 10. */
    batching_window_seconds: z.int().min(0).max(300),
    /** Deliveries before a message goes to the dead-letter queue; below 5 a throttled worker loses good messages. */
    max_receive_count: z.int().min(5).max(1_000),
    /** Days that a task may wait for a worker. At most 13, so that the dead-letter queue's 14 days are always longer. */
    retention_days: z.int().min(1).max(13),
  }),
  table: z.strictObject({
    /** Without a table tasks are queued and run, and cannot be asked for. */
    enabled: z.boolean(),
    /** The table can be brought back as it was at any second of the last 35 days. */
    point_in_time_recovery: z.boolean(),
    /** DynamoDB refuses to delete the table until this is turned off. */
    deletion_protection: z.boolean(),
  }),
  outbox: z.strictObject({
    /** How often the producer sends again what was accepted and not sent. */
    sweep_interval_minutes: z.int().min(1).max(60),
  }),
  secrets: z.strictObject({
    /** Days in which a deleted secret can be brought back; 0 deletes it at once. */
    recovery_window_days: z.union([z.literal(0), z.int().min(7).max(30)], "0, or 7 to 30 days"),
  }),
  /** Tasks that are handed in by the clock, by the name of their rule. */
  schedules: z.record(scheduleName, scheduleConfig),
});
export type InfraConfig = z.output<typeof infraConfig>;
