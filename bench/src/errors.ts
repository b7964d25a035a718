import { userError, wrongUsage } from "../../scripts/core/errors";

export const unknownPart = (found: string, known: readonly string[]) =>
  wrongUsage(`Expected --only with some of ${known.join(", ")}, found "${found}".`);

/** @param found the response of the function, or the error that ended its process */
export const unexpectedResponse = (shape: string, method: string, expected: number, found: string) =>
  userError(
    `${shape} returned an unexpected response to ${method}: ${found}`,
    `status ${expected} and the body of the service`,
    "see the shape in bench/src/shapes.ts and its code in bench/peers",
  );

export const unexpectedBatchResponse = (shape: string, found: string) =>
  userError(
    `${shape} returned an unexpected response to its batch: ${found}`,
    "no batchItemFailures",
    "see bench/src/worker-part.ts, and the code in bench/peers/worker",
  );

export const synthFailed = (command: string, output: string) =>
  userError(
    `${command} failed:\n${output}`,
    "all stacks to be synthesized in a copy of the repository",
    "see its output above",
  );

export const differentStacks = (way: string, found: number, different: readonly string[]) =>
  userError(
    `${way} wrote ${found} stacks; different from those of npm run synth: ${different.join(", ") || "none"}.`,
    "nine stacks, the same bytes by every command",
    "compare the cdk.tf.json files of both commands",
  );

export const loadFailed = (method: string, reason: string) =>
  userError(
    `The deployed API did not respond with success to every ${method}: ${reason}`,
    "status 2xx for each request",
    "npm start, send requests, and see the logs of the functions",
  );

export const queueNotDrained = (left: number, seconds: number) =>
  userError(
    `${left} tasks are left in the queue after ${seconds} s.`,
    "the worker to process all tasks",
    "npm start, create tasks, and see the logs of the worker",
  );

export const reportIncomplete = (found: number, expected: number) =>
  userError(
    `${found} of ${expected} tasks are in the table.`,
    "the emulator to store each task, and a report to count each",
    "see the emulator's log",
  );
