import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { root } from "../../build/paths";
import { wrongScenarios } from "./errors";

const count = z.number().min(0);
const share = z.number().min(0).max(1);
const milliseconds = z.number().min(0).max(900_000);

/** What is assumed of a month's work; settings of the environment are read from its tfvars. */
export const scenario = z.strictObject({
  /** Tasks handed in by clients in a month. */
  tasks: count,
  /** How often a client asks how a task is doing. */
  readsOfATask: count,
  /** How many messages a worker gets at once on average: few when few are waiting, the batch size at most. */
  tasksOfABatch: z.number().min(1),
  /** Attempts that fail and are made again, as a share of the tasks. */
  failedAttempts: count,
  /** Of a task with its result, in KB, which are what DynamoDB's write units count. */
  taskKilobytes: z.number().gt(0).max(400),
  /** How long tasks stay in the table; nothing deletes them by itself. */
  monthsKept: count,
  /** Billed for a request. */
  apiMilliseconds: milliseconds,
  /** Billed for a batch, whose tasks are worked on at once. */
  batchMilliseconds: milliseconds,
  /** Billed for a slot of a schedule, or a sweep. */
  producerMilliseconds: milliseconds,
  /** Invocations that start a function, as a share of all. */
  coldStarts: share,
  /** Billed for a start. */
  coldStartMilliseconds: milliseconds,
  /** The function's line and the access log's. */
  logBytesOfARequest: count,
  logBytesOfAnAttempt: count,
  /** What Lambda itself writes: START, END and REPORT. */
  logBytesOfAnInvocation: count,
});
export type Scenario = z.output<typeof scenario>;

const scenarios = z.record(z.string(), scenario);
export const shippedScenarios = "scripts/documents/cost/scenarios.json";

/**
 * @param path from the repository's root, or absolute
 * @throws {CommandError} naming each number that is missing, unknown or out of range
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
