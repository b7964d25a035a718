import * as z from "zod/mini";
import { defineTaskType } from "../handlers/define-task-type";
import { NonRetryableError } from "../attempt/retry-policy";

const payload = z.strictObject({ data: z.string() });

/** Fails as a handler does that keeps its payload to itself. */
const discreet = defineTaskType({
  name: "discreet",
  payload,
  run: () => Promise.reject(new NonRetryableError("The dependency has rejected the call")),
});

/** Returns its payload, which is the result of the task: data. */
const returning = defineTaskType({ name: "returning", payload, run: (data) => Promise.resolve(data) });

/** Its result cannot be stored. The error names the member, which the handler has chosen, and not its value. */
const unstorable = defineTaskType({
  name: "unstorable",
  payload,
  run: ({ data }) => Promise.resolve({ data: `${data}\ud800` }),
});

/** Writes the secret to the log and into its error, in several encodings. */
const revealing = defineTaskType({
  name: "revealing",
  payload,
  secrets: ["signing-key"],
  run: async (_payload, { secret, log }) => {
    const value = await secret("signing-key");
    log.warn(`key ${value}`, { value, header: `Basic ${Buffer.from(`user:${value}`).toString("base64")}` });
    throw new Error(`refused ${value} ${encodeURIComponent(value)}`, { cause: new Error(value) });
  },
});

/** Quotes its payload in its error, which the log and the task have then. */
const quoting = defineTaskType({
  name: "quoting",
  payload,
  run: ({ data }) => Promise.reject(new NonRetryableError(`refused ${data}`)),
});

/** Instead of `handlers/index.ts`. */
export const taskTypes = [discreet, returning, unstorable, revealing, quoting] as const;
export const taskTypeNames = taskTypes.map(({ name }) => name);
export const taskSecrets = ["signing-key"] as const;
