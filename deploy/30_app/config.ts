import * as z from "zod";

/** Lambda's range, https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html */
const memory = z.int().min(128).max(10_240);
/** Instances kept for, and the most of, a function; left out, it shares the account's. */
const reservedConcurrency = z.int().min(0).optional();

/** `deploy/30_app/environments/<environment>/terraform.tfvars` */
export const appConfig = z.strictObject({
  log_level: z.enum(["DEBUG", "INFO", "WARN", "ERROR"]),
  /** Who may call the API: anyone, or callers with IAM credentials. `GET /health` is always open. */
  authorization: z.enum(["none", "iam"]),
  api: z.strictObject({
    memory_mb: memory,
    /** The HTTP API gives up after 30 s; the function must answer before. */
    timeout_seconds: z.int().min(1).max(29),
    reserved_concurrency: reservedConcurrency,
  }),
  worker: z.strictObject({
    memory_mb: memory,
    batch_size: z.int().min(1).max(10_000),
    /** Batches at once; SQS event sources accept 2 and more. */
    maximum_concurrency: z.int().min(2).max(1_000),
    reserved_concurrency: reservedConcurrency,
  }),
  producer: z.strictObject({
    memory_mb: memory,
    timeout_seconds: z.int().min(1).max(900),
    reserved_concurrency: reservedConcurrency,
  }),
});
export type AppConfig = z.output<typeof appConfig>;
