import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { root } from "../../build/paths";
import { wrongScenarios } from "./errors";

const count = z.number().min(0);
const share = z.number().min(0).max(1);
const milliseconds = z.number().min(0).max(900_000);

/** Assumptions about the work of a month; settings of the environment are read from its tfvars. */
export const scenario = z.strictObject({
  /** Tasks created by clients per month. */
  tasks: count,
  /** How often a client gets a task. */
  readsOfATask: count,
  /** Average number of messages in a batch, at most the batch size. */
  tasksOfABatch: z.number().min(1),
  /** Attempts that fail and are retried, as a share of the tasks. */
  failedAttempts: count,
  /** Size of a task with its result, in KB, the unit of DynamoDB's write units. */
  taskKilobytes: z.number().gt(0).max(400),
  /** How long tasks stay in a table without `task_retention_days`. */
  monthsKept: count,
  /** Billed duration of a request. */
  apiMilliseconds: milliseconds,
  /** Billed duration of a batch, whose tasks run concurrently. */
  batchMilliseconds: milliseconds,
  /** Billed duration of a scheduled run or a sweep. */
  producerMilliseconds: milliseconds,
  /** Cold starts, as a share of all invocations. */
  coldStarts: share,
  /** Billed duration of a cold start. */
  coldStartMilliseconds: milliseconds,
  /** The function's line and the access log's. */
  logBytesOfARequest: count,
  logBytesOfAnAttempt: count,
  /** Lambda's own lines: START, END and REPORT. */
  logBytesOfAnInvocation: count,
});
export type Scenario = z.output<typeof scenario>;

const scenarios = z.record(z.string(), scenario);
export const shippedScenarios = "scripts/documents/cost/scenarios.json";

/**
 * @param path from the repository's root, or absolute
 * @throws {CommandError} with each number that is missing, unknown or out of range
 */
export function readScenarios(path = shippedScenarios): Readonly<Record<string, Scenario>> {
  const parsed = scenarios.safeParse(parseJson(path));
  if (!parsed.success) throw wrongScenarios(path, z.prettifyError(parsed.error));
  return parsed.data;
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path.startsWith("/") ? path : join(root, path), "utf8"));
  } catch (error) {
    throw wrongScenarios(path, String(error));
  }
}
