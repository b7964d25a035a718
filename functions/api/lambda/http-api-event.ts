import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { isUtf8 } from "node:buffer";
import { IncomingMessage, type IncomingHttpHeaders } from "node:http";
import { Socket } from "node:net";
import type { CapturedResponse } from "./captured-response";

/** The connection of a client, which the HTTP API takes by TLS only. */
function clientSocket(remoteAddress: string): Socket {
  const socket = Object.assign(new Socket(), { encrypted: true });
  return Object.defineProperty(socket, "remoteAddress", { value: remoteAddress });
}

/**
 * The request of an event of the HTTP API, payload format 2.0:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function requestOf(event: APIGatewayProxyEventV2): IncomingMessage {
  const { method, sourceIp } = event.requestContext.http;
  const body = bodyOf(event);
  const headers = headersOf(event, body);
  const request = new IncomingMessage(clientSocket(sourceIp));
  Object.assign(request, {
    method,
    url: urlOf(event),
    httpVersion: "1.1",
    httpVersionMajor: 1,
    httpVersionMinor: 1,
  });
  Object.assign(request, { headers, rawHeaders: Object.entries(headers).flat(), complete: true, body });
  if (body !== undefined) request.push(body);
  request.push(null);
  return request;
}

/**
 * The names are in lower case, as in Node. The length is that of the received body, not the one that the client sent.
 */
function headersOf(
  { headers, cookies }: APIGatewayProxyEventV2,
  body: Buffer | undefined,
): IncomingHttpHeaders {
  const found: Record<string, string | undefined> = {};
  for (const name in headers) found[name.toLowerCase()] = headers[name];
  if (cookies !== undefined) found.cookie = cookies.join("; ");
  if (body !== undefined) found["content-length"] = String(body.length);
  return found;
}

function bodyOf({ body, isBase64Encoded, headers }: APIGatewayProxyEventV2): Buffer | undefined {
  if (!body) return undefined;
  if (isBase64Encoded) return Buffer.from(body, "base64");
  const bytes = Buffer.from(body, "utf8");
  return wasReplaced(body, bytes, headers["content-length"]) ? notUtf8 : bytes;
}

/**
 * Whether the API has replaced bytes that are not UTF-8 by U+FFFD: the body's length differs from Content-Length. Not
 * detected when a U+FFFD replaces as many bytes as it has itself, or without Content-Length.
 */
const wasReplaced = (body: string, { length }: Buffer, sentLength: string | undefined): boolean =>
  body.includes("\uFFFD") && sentLength !== undefined && Number(sentLength) !== length;

/** Instead of a body that was not UTF-8. */
const notUtf8 = Buffer.of(0xff);

/**
 * The API decodes paths, all but `%25`: each other character of one belongs to it. To Express and to URL parsers a `?`
 * would begin the query, white space would not count, a backslash would be a slash, what comes before the first slash
 * would be a host, and `%41` an A.
 */
function urlOf({ rawPath, rawQueryString }: APIGatewayProxyEventV2): string {
  const encoded = rawPath.replace(/[?#\s\\]|%(?!25)/g, encodeURIComponent);
  const path = encoded.startsWith("/") ? encoded : `/${encoded}`;
  return rawQueryString ? `${path}?${rawQueryString.replaceAll("#", "%23")}` : path;
}

/** The function's result, from which the HTTP API creates a response. */
export function resultOf(response: CapturedResponse): APIGatewayProxyStructuredResultV2 {
  const { sentStatusCode: statusCode, body } = response;
  const headers: Record<string, string> = {};
  // Avoids Node's copy of all headers.
  for (const name of response.getHeaderNames())
    if (name !== "set-cookie") headers[name] = textOf(response.getHeader(name));
  const cookies = response.getHeader("set-cookie");
  return {
    statusCode,
    ...encoded(body),
    headers,
    ...(cookies !== undefined && { cookies: [cookies].flat().map(String) }),
  };
}

const textOf = (header: number | string | readonly string[] | undefined): string =>
  Array.isArray(header) ? header.join(", ") : String(header);

/** A result is JSON, so a binary body is encoded in Base64. */
function encoded(body: string | Uint8Array) {
  if (typeof body === "string") return { body, isBase64Encoded: false };
  const isBase64Encoded = !isUtf8(body);
  return { body: Buffer.from(body).toString(isBase64Encoded ? "base64" : "utf8"), isBase64Encoded };
}
