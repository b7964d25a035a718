import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod";
import { parseJson } from "../../packages/local-cloud/src/parse-json";
import { messageOf } from "../core/errors";
import { unexpectedResponse } from "./errors";

const longestWaitMilliseconds = 15_000;
const pauseMilliseconds = 200;

const task = z.object({ id: z.string(), state: z.string(), error: z.string().optional() });

/**
 * Waits until the deployed API reports its health.
 * @param apiUrl base URL of the routes
 * @param signal stops waiting
 * @throws {CommandError} when `GET /health` does not return 200 within a few seconds
 */
export async function checkHealth(apiUrl: string, signal: AbortSignal): Promise<void> {
  await untilResponse(`${apiUrl}/health`, "status 200", ({ ok }) => Promise.resolve(ok ? true : ""), signal);
}

/**
 * Creates a task and waits for the worker's result, which involves API, table, queue and worker.
 * @param signal stops waiting
 * @returns a summary to print
 * @throws {CommandError} when the task does not succeed within a few seconds
 */
export async function checkTask(apiUrl: string, signal: AbortSignal): Promise<string> {
  const url = `${apiUrl}/tasks`;
  const started = performance.now();
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ type: "echo", payload: { message: "npm start was here" } }),
    signal,
  });
  const created = task.safeParse(parseJson(await response.text()));
  if (!created.success)
    throw unexpectedResponse(`POST ${url}`, "status 202 and a task", `status ${response.status}`);
  const { id } = created.data;
  // Without a table a task cannot be read.
  if ((await fetch(`${url}/${id}`, { signal })).status === 501) return `POST /tasks → ${response.status}`;
  const hasSucceeded = async (response: Response) => {
    const { state, error } = task.safeParse(parseJson(await response.text())).data ?? {};
    return (
      state === "succeeded" ||
      `, the task is ${state ?? "unreadable"}${error === undefined ? "" : `: ${error}`}`
    );
  };
  await untilResponse(`${url}/${id}`, "the worker's result", hasSucceeded, signal);
  return `POST /tasks → ${response.status}, and the worker's result after ${Math.round(performance.now() - started)} ms`;
}

async function untilResponse(
  url: string,
  expected: string,
  /** Returns what it has found instead. */
  is: (response: Response) => Promise<true | string>,
  signal: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + longestWaitMilliseconds;
  let last = "no response";
  while (Date.now() < deadline) {
    try {
      const response = await fetch(url, { signal });
      const found = await is(response);
      if (found === true) return;
      last = `status ${response.status}${found}`;
    } catch (error) {
      signal.throwIfAborted();
      last = messageOf(error);
    }
    await delay(pauseMilliseconds, undefined, { signal });
  }
  throw unexpectedResponse(`GET ${url}`, expected, last);
}
