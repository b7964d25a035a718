import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { ApiGatewayV2Client, GetApisCommand } from "@aws-sdk/client-apigatewayv2";
import { sign } from "aws4";
import { createTasksClient, type TasksClient } from "../../client";
import { naming } from "../../deploy/shared/naming";
import { apiAddress } from "../../packages/local-cloud/src/api-address";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { notDeployed, userError, wrongUsage } from "../core/errors";

/** Statuses after which a request is repeated: the API was busy, or its function was not reached. */
const transient = [429, 502, 503, 504];
const attempts = 5;

type Fetch = (request: Request) => Promise<Response>;

/**
 * A client of an environment's API, as the environment authorizes it: signed by the caller's credentials, with a JWT, or
 * neither. Requests that may succeed later are repeated; all of them are safe to repeat.
 * @param tokenFile a file with the JWT
 * @throws {CommandError} when the API is not deployed
 * @throws {UsageError} when a JWT is needed and missing, or not needed
 */
export async function taskApi(
  account: EnvironmentAccount,
  tokenFile: string | undefined,
): Promise<TasksClient> {
  const { authorization } = account.config.app;
  const token = readToken(authorization, tokenFile);
  const baseUrl = await apiUrl(account);
  const authorized: Fetch =
    authorization === "iam" ? signedFetch(account) : (request) => fetch(withToken(request, token));
  return createTasksClient({ baseUrl, fetch: retrying(authorized) });
}

function readToken(authorization: string, file: string | undefined): string | undefined {
  if (authorization !== "jwt" && file === undefined) return undefined;
  if (authorization === "jwt" && file !== undefined) return readFileSync(file, "utf8").trim();
  throw wrongUsage(
    file === undefined
      ? "Expected --token with a file that has a JWT: the API authorizes by JWT."
      : `Expected no --token: the authorization of the API is ${authorization}.`,
  );
}

async function apiUrl({ config, client, endpoint, isAws }: EnvironmentAccount): Promise<string> {
  const name = naming(config)("api");
  const gateway = new ApiGatewayV2Client(client);
  let NextToken: string | undefined;
  do {
    const page = await gateway.send(new GetApisCommand({ NextToken }));
    const url = page.Items?.find(({ Name }) => Name === name)?.ApiEndpoint;
    // With the stage's name, the emulator hands each path on as it is.
    if (url !== undefined) return isAws ? url : `${apiAddress(url, endpoint)}/$default`;
    ({ NextToken } = page);
  } while (NextToken !== undefined);
  throw notDeployed(`There is no API ${name} in ${config.core.region}.`, "infra", config.name);
}

const withToken = (request: Request, token: string | undefined): Request => {
  if (token !== undefined) request.headers.set("authorization", `Bearer ${token}`);
  return request;
};

/** Signs requests with the credentials of the SDK, which are refreshed when they expire. */
const signedFetch =
  ({ clients, config }: EnvironmentAccount): Fetch =>
  async (request) => {
    const { host, pathname, search } = new URL(request.url);
    const { headers = {} } = sign(
      {
        ...{ host, path: `${pathname}${search}`, method: request.method },
        ...{ service: "execute-api", region: config.core.region },
        headers: plainHeaders(request),
        body: await request.clone().text(),
      },
      await clients.sts.config.credentials(),
    );
    for (const [name, value] of Object.entries(headers))
      if (!/^(host|content-length)$/i.test(name)) request.headers.set(name, String(value));
    return fetch(request);
  };

function plainHeaders({ headers }: Request): Record<string, string> {
  const plain: Record<string, string> = {};
  headers.forEach((value, name) => {
    plain[name] = value;
  });
  return plain;
}

const retrying =
  (send: Fetch): Fetch =>
  async (request) => {
    for (let attempt = 1; ; attempt++) {
      const response = await send(request.clone()).catch((error: unknown) => {
        if (attempt === attempts) throw notReached(request, error);
        return undefined;
      });
      const isTransient = response === undefined || transient.includes(response.status);
      if (response !== undefined && (!isTransient || attempt === attempts)) return response;
      const seconds = Number(response?.headers.get("retry-after") ?? 0.1 * 2 ** attempt);
      await delay(1_000 * Math.min(seconds, 5));
    }
  };

const notReached = (request: Request, cause: unknown) =>
  userError(
    `${request.method} ${request.url} got no response: ${String(cause)}`,
    "a response of the API",
    "repeat the command",
    cause,
  );
