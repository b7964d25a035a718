import { setTimeout as delay } from "node:timers/promises";
import { noAnswer } from "./errors";

/**
 * The same API under a path of the emulator's own address. The emulator answers `/health` of every host name itself,
 * and not every system resolves `<id>.execute-api.localhost`; this form has neither trouble.
 * @param apiUrl `http://<id>.execute-api.localhost:4566`
 */
export function pathAddress(apiUrl: string, endpoint: string): string {
  const [apiId = ""] = new URL(apiUrl).hostname.split(".");
  return `${endpoint}/_aws/execute-api/${apiId}/$default`;
}

const tries = 20;
const pauseMilliseconds = 250;

/**
 * Asks the deployed API how it is.
 * @throws {LocalCloudError} when it does not answer with 200 in a few seconds
 */
export async function checkHealth(apiUrl: string, endpoint: string): Promise<void> {
  const url = `${pathAddress(apiUrl, endpoint)}/health`;
  let reason = "";
  for (let attempt = 0; attempt < tries; attempt++) {
    try {
      const response = await fetch(url);
      if (response.ok) return;
      reason = `status ${response.status}`;
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
    }
    await delay(pauseMilliseconds);
  }
  throw noAnswer(url, reason);
}
