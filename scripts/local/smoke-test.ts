import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod";
import { pathAddress } from "./api-address";
import { noAnswer } from "./errors";

const longestWaitMilliseconds = 15_000;
const pauseMilliseconds = 200;

const task = z.object({ id: z.string(), state: z.string() });

/**
 * Asks the deployed API how it is.
 * @throws {LocalCloudError} when it does not answer with 200 in a few seconds
 */
export async function checkHealth(apiUrl: string, endpoint: string): Promise<void> {
  await untilAnswered(`${pathAddress(apiUrl, endpoint)}/health`, "status 200", ({ ok }) =>
    Promise.resolve(ok),
  );
}

/**
 * Hands in a first task and waits for the worker's result: API, table, queue and worker have all done their part then.
 * @returns what happened, for a person
 * @throws {LocalCloudError} when the task does not succeed in a few seconds
 */
export async function checkTask(apiUrl: string, endpoint: string): Promise<string> {
  const url = `${pathAddress(apiUrl, endpoint)}/tasks`;
  const started = performance.now();
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ type: "echo", payload: { message: "npm start was here" } }),
  });
  const accepted = task.safeParse(await response.json());
  if (!accepted.success) throw noAnswer(url, "a task that was accepted", `status ${response.status}`);
  const { id } = accepted.data;
  // Without a table there is nothing to ask for.
  if ((await fetch(`${url}/${id}`)).status === 501) return `POST /tasks → ${response.status}`;
  await untilAnswered(`${url}/${id}`, "the worker's result", async (answer) => {
    return task.safeParse(await answer.json()).data?.state === "succeeded";
  });
  return `POST /tasks → ${response.status}, and the worker's result after ${Math.round(performance.now() - started)} ms`;
}

async function untilAnswered(
  url: string,
  wanted: string,
  is: (answer: Response) => Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + longestWaitMilliseconds;
  let last = "nothing";
  while (Date.now() < deadline) {
    try {
      const answer = await fetch(url);
      last = `status ${answer.status}`;
      if (await is(answer)) return;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await delay(pauseMilliseconds);
  }
  throw noAnswer(url, wanted, last);
}
