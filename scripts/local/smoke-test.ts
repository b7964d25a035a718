import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod";
import { pathAddress } from "../../packages/local-cloud/src/api-address";
import { noAnswer } from "./errors";

const longestWaitMilliseconds = 15_000;
const pauseMilliseconds = 200;

const task = z.object({ id: z.string(), state: z.string() });

/**
 * Asks the deployed API how it is.
 * @param signal gives up
 * @throws {LocalCloudError} when it does not answer with 200 in a few seconds
 */
export async function checkHealth(apiUrl: string, endpoint: string, signal: AbortSignal): Promise<void> {
  const url = `${pathAddress(apiUrl, endpoint)}/health`;
  await untilAnswered(url, "status 200", ({ ok }) => Promise.resolve(ok), signal);
}

/**
 * Hands in a first task and waits for the worker's result: API, table, queue and worker have all done their part then.
 * @param signal gives up
 * @returns what happened, for a person
 * @throws {LocalCloudError} when the task does not succeed in a few seconds
 */
export async function checkTask(apiUrl: string, endpoint: string, signal: AbortSignal): Promise<string> {
  const url = `${pathAddress(apiUrl, endpoint)}/tasks`;
  const started = performance.now();
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ type: "echo", payload: { message: "npm start was here" } }),
    signal,
  });
  const accepted = task.safeParse(await response.json());
  if (!accepted.success) throw noAnswer(url, "a task that was accepted", `status ${response.status}`);
  const { id } = accepted.data;
  // Without a table there is nothing to ask for.
  if ((await fetch(`${url}/${id}`, { signal })).status === 501) return `POST /tasks → ${response.status}`;
  const hasSucceeded = async (answer: Response) =>
    task.safeParse(await answer.json()).data?.state === "succeeded";
  await untilAnswered(`${url}/${id}`, "the worker's result", hasSucceeded, signal);
  return `POST /tasks → ${response.status}, and the worker's result after ${Math.round(performance.now() - started)} ms`;
}

async function untilAnswered(
  url: string,
  wanted: string,
  is: (answer: Response) => Promise<boolean>,
  signal: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + longestWaitMilliseconds;
  let last = "nothing";
  while (Date.now() < deadline) {
    try {
      const answer = await fetch(url, { signal });
      last = `status ${answer.status}`;
      if (await is(answer)) return;
    } catch (error) {
      signal.throwIfAborted();
      last = error instanceof Error ? error.message : String(error);
    }
    await delay(pauseMilliseconds, undefined, { signal });
  }
  throw noAnswer(url, wanted, last);
}
