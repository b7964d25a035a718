import { userError, wrongUsage } from "../../scripts/core/errors";

export const unknownPart = (found: string, known: readonly string[]) =>
  wrongUsage(`Expected --only with some of ${known.join(", ")}, found "${found}".`);

/** @param answer what the function gave back, or how its process ended */
export const wrongAnswer = (shape: string, method: string, expected: number, answer: string) =>
  userError(
    `${shape} did not respond to ${method} as expected: ${answer}`,
    `status ${expected}, since only correct responses are measured`,
    "see the shape in bench/src/shapes.ts and its code in bench/peers",
  );

export const wrongBatchAnswer = (shape: string, answer: string) =>
  userError(
    `${shape} did not work on its batch as it should: ${answer}`,
    "no message to be delivered again",
    "see bench/src/worker-part.ts, and its code in bench/peers/worker",
  );

export const synthFailed = (command: string, output: string) =>
  userError(
    `${command} failed:\n${output}`,
    "it to synthesize every stack in a copy of the repository",
    "read its words above",
  );

export const differentStacks = (way: string, found: number, different: readonly string[]) =>
  userError(
    `${way} wrote ${found} stacks; not as npm run synth writes them: ${different.join(", ") || "none"}.`,
    "nine stacks, the same bytes from each way",
    "only ways that do the same can be compared: find out which one is wrong",
  );

export const loadFailed = (method: string, reason: string) =>
  userError(
    `The deployed API did not respond to every ${method}: ${reason}`,
    "success for each request, since only those are worth counting",
    "npm start, and see what the functions' logs say under load",
  );

export const queueNotDrained = (left: number, seconds: number) =>
  userError(
    `${left} tasks are left in the queue after ${seconds} s.`,
    "the worker to do them all",
    "npm start, and see what the worker's logs say",
  );
