import * as z from "zod/mini";
import { NonRetryableError } from "../attempt/retry-policy";
import { defineTaskType } from "../handlers/define-task-type";
import { echo } from "../handlers/echo";

/** Fails for a number of attempts, or permanently. */
export const flaky = defineTaskType({
  name: "flaky",
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

/** Returns the value of a secret. */
export const reveal = defineTaskType({
  name: "reveal",
  payload: z.strictObject({}),
  secrets: ["signing-key"],
  run: async (_payload, { secret }) => ({ value: await secret("signing-key") }),
});

/** Instead of `handlers/index.ts`: tests depend on no task type of the service but `echo`. */
export const taskTypes = [echo, flaky, reveal] as const;
export const taskTypeNames = taskTypes.map(({ name }) => name);
export const taskSecrets = ["signing-key"] as const;
