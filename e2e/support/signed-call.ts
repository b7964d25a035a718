import { request, type RequestOptions } from "node:http";
import { text } from "node:stream/consumers";
import { sign } from "aws4";
import type { AppConfig } from "../../deploy/config/schemas/app";
import { localCredentials, type LocalTarget } from "../../packages/local-cloud/src/child-environment";
import type { TemporaryCredentials } from "./credentials";

export interface ApiResponse {
  readonly status: number;
  readonly body: string;
}

export interface ApiCall {
  readonly method: string;
  /** Sent unchanged; fetch would resolve dot segments. */
  readonly path: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Statuses of `POST /tasks` for each authorization: for a request signed by the account, and for an unsigned one. */
export const expectedStatus: Record<AppConfig["authorization"], { signed: number; unsigned: number }> = {
  none: { signed: 202, unsigned: 202 },
  iam: { signed: 202, unsigned: 403 },
  jwt: { signed: 401, unsigned: 401 },
};

const json = { "content-type": "application/json" };

/**
 * Calls an API of the emulator by its host name, with or without a signature.
 * @param credentials of the signature; the account's own if there are none
 */
export function callApi(
  apiUrl: string,
  target: LocalTarget,
  {
    method,
    path,
    body = "",
    headers,
    signed,
    credentials,
  }: ApiCall & { readonly signed: boolean; readonly credentials?: TemporaryCredentials },
): Promise<ApiResponse> {
  const { host, port } = new URL(apiUrl);
  const plain = { host, method, path, body, headers: { ...json, ...headers } };
  const options = signed
    ? sign(
        { ...plain, service: "execute-api", region: target.region },
        credentials ?? localCredentials(target),
      )
    : { ...plain, headers: { ...plain.headers, host } };
  // The emulator finds the API by the Host header, so that the name need not resolve.
  return send({ ...options, host: "127.0.0.1", hostname: "127.0.0.1", port }, body);
}

/** Calls an API of the emulator by its path-style URL, unsigned. */
export function callUnsigned(
  base: string,
  { method, path, body = "", headers }: ApiCall,
): Promise<ApiResponse> {
  const { hostname, port, pathname } = new URL(base);
  return send({ hostname, port, method, path: pathname + path, headers: { ...json, ...headers } }, body);
}

function send(options: RequestOptions, body: string): Promise<ApiResponse> {
  return new Promise((resolve, reject) => {
    const call = request(options, (response) => {
      text(response).then((body) => {
        resolve({ status: response.statusCode ?? 0, body });
      }, reject);
    });
    call.on("error", reject);
    call.end(body);
  });
}
