import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import * as z from "zod";

/** Invokes a version or an alias of a function, and waits for its result or its error, as JSON. */
export async function invoke(
  lambda: LambdaClient,
  FunctionName: string,
  Qualifier: string,
  event: object,
): Promise<{ readonly hasFailed: boolean; readonly payload: string }> {
  const { FunctionError, Payload } = await lambda.send(
    new InvokeCommand({ FunctionName, Qualifier, Payload: JSON.stringify(event) }),
  );
  return { hasFailed: FunctionError !== undefined, payload: Buffer.from(Payload ?? []).toString("utf8") };
}

/**
 * Invokes a version or an alias of a function, and waits for its result.
 * @throws {Error} when the function fails
 */
export async function invokeFunction(
  lambda: LambdaClient,
  name: string,
  qualifier: string,
  event: object,
): Promise<unknown> {
  const { hasFailed, payload } = await invoke(lambda, name, qualifier, event);
  if (hasFailed) throw new Error(`${name}:${qualifier} failed: ${shortened(payload)}`);
  return payload === "" ? undefined : JSON.parse(payload);
}

/** The result of a function is unbounded; the error of a release is one line. */
const shortened = (payload: string) => payload.slice(0, 300);

const response = z.object({ statusCode: z.number(), body: z.string().optional() });

export interface ApiRequest {
  /** The route of the HTTP API: `GET /tasks/{id}`. */
  readonly route: string;
  readonly path: string;
  readonly body?: object;
}

/** An event of the HTTP API, payload format 2.0, for a direct invocation. */
const apiEvent = ({ route, path, body }: ApiRequest, now: Date) => ({
  version: "2.0",
  routeKey: route,
  rawPath: path,
  rawQueryString: "",
  headers: { host: "release", ...(body !== undefined && { "content-type": "application/json" }) },
  requestContext: {
    requestId: `release-${now.getTime()}`,
    routeKey: route,
    stage: "$default",
    timeEpoch: now.getTime(),
    http: { method: route.split(" ")[0], path, protocol: "HTTP/1.1", sourceIp: "127.0.0.1" },
  },
  ...(body !== undefined && { body: JSON.stringify(body) }),
  isBase64Encoded: false,
});

/**
 * Sends a request to a version or an alias of the API function.
 * @param expected status codes
 * @throws {Error} when the function fails, or responds with another status
 */
export async function requestApi(
  lambda: LambdaClient,
  name: string,
  qualifier: string,
  request: ApiRequest,
  expected: readonly number[],
): Promise<{ readonly statusCode: number; readonly body: unknown }> {
  const { statusCode, body = "{}" } = response.parse(
    await invokeFunction(lambda, name, qualifier, apiEvent(request, new Date())),
  );
  if (!expected.includes(statusCode))
    throw new Error(
      `${name}:${qualifier} responded to ${request.route} with ${statusCode}, expected ${expected.join(" or ")}`,
    );
  return { statusCode, body: JSON.parse(body) as unknown };
}

/** A batch of the task queue with one message, for a direct invocation. */
export const queueEvent = (body: string, now: Date) => ({
  Records: [
    {
      messageId: `release-${now.getTime()}`,
      receiptHandle: "release",
      body,
      attributes: {
        ApproximateReceiveCount: "1",
        SentTimestamp: String(now.getTime()),
        SenderId: "release",
        ApproximateFirstReceiveTimestamp: String(now.getTime()),
      },
      messageAttributes: {},
      eventSource: "aws:sqs",
    },
  ],
});
