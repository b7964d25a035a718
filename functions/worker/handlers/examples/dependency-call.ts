import * as z from "zod/mini";
import { NonRetryableError } from "../../attempt/retry-policy";
import { defineTaskType } from "../define-task-type";

/** Fails for a number of attempts, or permanently: demonstrates retries and dead letters. */
export const dependencyCall = defineTaskType({
  name: "dependency.call",
  payload: z.strictObject({
    failures: z.int().check(z.minimum(0), z.maximum(100)),
    permanent: z.optional(z.boolean()),
  }),
  timeoutSeconds: 10,
  concurrency: 5,
  retry: { initialSeconds: 1, maxSeconds: 300 },
  run: ({ failures, permanent }, { attempt }) => {
    if (attempt > failures) return Promise.resolve({ answeredAtAttempt: attempt });
    if (permanent === true)
      return Promise.reject(new NonRetryableError("The dependency has rejected the call"));
    return Promise.reject(
      new Error(`The dependency did not respond (attempt ${attempt}, down for ${failures})`),
    );
  },
});
