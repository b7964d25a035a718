import * as z from "zod/mini";
import { defineTaskType } from "./define-task-type";

/** Fails for a number of attempts: demonstrates retries and dead letters. */
export const dependencyCall = defineTaskType({
  name: "dependency.call",
  payload: z.strictObject({ failures: z.int().check(z.minimum(0), z.maximum(100)) }),
  timeoutSeconds: 10,
  concurrency: 5,
  retry: { initialSeconds: 1, maxSeconds: 300 },
  run: ({ failures }, { attempt }) =>
    attempt <= failures
      ? Promise.reject(new Error(`The dependency did not respond (attempt ${attempt}, down for ${failures})`))
      : Promise.resolve({ answeredAtAttempt: attempt }),
});
