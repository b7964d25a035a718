import type { APIGatewayProxyEventV2 } from "aws-lambda";

export const methods = ["GET", "POST"] as const;
export type Method = (typeof methods)[number];

/** The statuses with which the service responds to the two requests. */
export const expectedStatus: Readonly<Record<Method, number>> = { GET: 200, POST: 202 };

const task = { type: "echo", payload: { message: "hello" } };

/**
 * An event of an HTTP API:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function httpEvent(method: Method): APIGatewayProxyEventV2 {
  const path = method === "GET" ? "/health" : "/tasks";
  const body = method === "GET" ? undefined : JSON.stringify(task);
  return {
    version: "2.0",
    routeKey: `${method} ${path}`,
    rawPath: path,
    rawQueryString: "",
    headers: {
      accept: "*/*",
      "accept-encoding": "gzip, deflate, br",
      host: "abcdefghij.execute-api.eu-central-1.amazonaws.com",
      "user-agent": "bench",
      "x-amzn-trace-id": "Root=1-65e1c1c1-0123456789abcdef01234567",
      "x-forwarded-for": "192.0.2.1",
      "x-forwarded-port": "443",
      "x-forwarded-proto": "https",
      ...(body !== undefined && {
        "content-type": "application/json",
        "content-length": String(body.length),
      }),
    },
    requestContext: {
      accountId: "111111111111",
      apiId: "abcdefghij",
      domainName: "abcdefghij.execute-api.eu-central-1.amazonaws.com",
      domainPrefix: "abcdefghij",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "bench" },
      requestId: "JKJaXmPLvHcESHA=",
      routeKey: `${method} ${path}`,
      stage: "$default",
      time: "01/Mar/2026:12:00:00 +0000",
      timeEpoch: 1772366400000,
    },
    body,
    isBase64Encoded: false,
  };
}
