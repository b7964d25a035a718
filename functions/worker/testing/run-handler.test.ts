import * as z from "zod/mini";
import { newTaskId } from "../../shared/tasks/task-id";
import { aTask, noon } from "../../shared/testing/builders";
import { NonRetryableError, UnsupportedMessageError } from "../attempt/retry-policy";
import { UnusableResultError } from "../attempt/task-result";
import { defineTaskType } from "../handlers/define-task-type";
import { runHandler } from "./run-handler";

const typeThat = (run: () => Promise<object>) =>
  defineTaskType({
    name: "probe",
    payload: z.strictObject({ n: z.number() }),
    run: async () => ({ ...(await run()) }),
  });

test("a handler gets the schema's output, and the values of the run", async () => {
  const probe = defineTaskType({
    name: "probe",
    payload: z.strictObject({ n: z.pipe(z.number(), z.transform(String)) }),
    secrets: ["token"],
    run: async ({ n }, { attempt, now, secret, countTasks }) => {
      const counts = await countTasks?.(noon);
      return { n, attempt, now: now.toISOString(), token: await secret("token"), total: counts?.total ?? 0 };
    },
  });
  const [old, recent] = [aTask({ id: newTaskId(new Date("2020-01-01")) }), aTask()];
  const run = { attempt: 3, now: noon, secrets: { token: "t" }, tasks: [old, recent] };
  expect(await runHandler(probe, { n: 7 }, run)).toEqual({
    ...{ n: "7", attempt: 3, now: noon.toISOString(), token: "t" },
    total: 1,
  });
});

test("what fails an attempt in the worker fails the run", async () => {
  const run = (work: () => Promise<object>, payload: { n: number } = { n: 1 }) =>
    runHandler(typeThat(work), payload);
  const permanent = new NonRetryableError("gone");
  await expect(run(() => Promise.reject(permanent))).rejects.toBe(permanent);
  await expect(run(() => Promise.resolve({ n: undefined }))).rejects.toThrow(UnusableResultError);
  const wrong: { n: number } = JSON.parse('{ "n": "one" }') as { n: number };
  await expect(run(() => Promise.resolve({}), wrong)).rejects.toThrow(UnsupportedMessageError);
});

test("a secret without a value in the test is reported by its name", async () => {
  const reading = defineTaskType({
    name: "probe",
    payload: z.strictObject({}),
    secrets: ["token"],
    run: async (_payload, { secret }) => ({ token: await secret("token") }),
  });
  await expect(runHandler(reading, {})).rejects.toThrow("The test gives the secret token no value");
});
