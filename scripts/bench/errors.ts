import { LocalCloudError, say } from "../local/errors";

export const unknownPart = (found: string, known: readonly string[], usage: string) =>
  new LocalCloudError(`Expected --only with some of ${known.join(", ")}, found "${found}".\n\n${usage}`);

export const peersNotInstalled = (output: string) =>
  say(
    `The peers in bench/ could not be installed:\n${output}`,
    "the npm registry to answer, as for npm ci of the project",
    "run npm ci in bench/, then npm run bench again",
  );

/** @param answer what the function gave back, or how its process ended */
export const wrongAnswer = (shape: string, method: string, expected: number, answer: string) =>
  say(
    `${shape} did not answer ${method} as it should: ${answer}`,
    `an answer of ${expected}, since only right answers are worth measuring`,
    "see the shape in scripts/bench/shapes.ts and its code in bench/",
  );

export const wrongBatchAnswer = (shape: string, answer: string) =>
  say(
    `${shape} did not work on its batch as it should: ${answer}`,
    "no message to be delivered again",
    "see scripts/bench/worker-part.ts, and its code in bench/worker",
  );
