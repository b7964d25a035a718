import { request } from "node:http";
import { text } from "node:stream/consumers";
import { sign } from "aws4";
import type { AppConfig } from "../../deploy/30_app/config";
import { localCredentials, type LocalTarget } from "../../scripts/local/child-environment";

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** What `POST /tasks` is answered with, by who may call: with a signature of the account, and without one. */
export const admission: Record<AppConfig["authorization"], { signed: number; unsigned: number }> = {
  none: { signed: 202, unsigned: 202 },
  iam: { signed: 202, unsigned: 403 },
  jwt: { signed: 401, unsigned: 401 },
};

/** Calls an API of the emulator under its own host name, with or without a signature of the account's. */
export async function callApi(
  apiUrl: string,
  target: LocalTarget,
  { method, path, body = "", signed }: { method: string; path: string; body?: string; signed: boolean },
): Promise<Answer> {
  const { host, port } = new URL(apiUrl);
  const plain = { host, method, path, body, headers: { "content-type": "application/json" } };
  const options = signed
    ? sign({ ...plain, service: "execute-api", region: target.region }, localCredentials(target))
    : { ...plain, headers: { ...plain.headers, host } };
  return new Promise((resolve, reject) => {
    // The name need not resolve: the emulator tells APIs apart by the Host header.
    const call = request({ ...options, host: "127.0.0.1", hostname: "127.0.0.1", port }, (response) => {
      text(response).then((body) => {
        resolve({ status: response.statusCode ?? 0, body });
      }, reject);
    });
    call.on("error", reject);
    call.end(body);
  });
}
