import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import { unwrittenBody } from "./unwritten-answer";

/**
 * Events of the HTTP API, payload format 2.0, as serverless-express wants them told. Its own way to read them makes a
 * regular expression and a URL anew for each.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const httpApiEvent = { getRequest, getResponse };

function getRequest({ event }: { readonly event: APIGatewayProxyEventV2 }) {
  const { method, sourceIp } = event.requestContext.http;
  const body = bodyOf(event);
  return { method, headers: headersOf(event, body), body, remoteAddress: sourceIp, path: pathOf(event) };
}

/** The length is of what there is, whatever a client says, in capitals or not: the first one holds. */
const headersOf = ({ headers, cookies }: APIGatewayProxyEventV2, body: Buffer | undefined) => {
  const length = body && { "content-length": String(body.length) };
  return { ...length, ...(cookies && { cookie: cookies.join("; ") }), ...headers, ...length };
};

function bodyOf({ body, isBase64Encoded, headers }: APIGatewayProxyEventV2): Buffer | undefined {
  if (!body) return undefined;
  if (isBase64Encoded) return Buffer.from(body, "base64");
  const bytes = Buffer.from(body, "utf8");
  return wasReplaced(body, bytes, headers["content-length"]) ? notUtf8 : bytes;
}

/**
 * Whether the API has put U+FFFD in the place of bytes that are no UTF-8: the body is not as long as its client said.
 * Where one U+FFFD replaces as many bytes as it has, or no length was given, that cannot be seen.
 */
const wasReplaced = (body: string, { length }: Buffer, sentLength: string | undefined): boolean =>
  body.includes("\uFFFD") && sentLength !== undefined && Number(sentLength) !== length;

/** In the place of a body that was none either. */
const notUtf8 = Buffer.of(0xff);

/**
 * The API decodes paths, all but `%25`: each other character of one belongs to it. To Express and to URL parsers a `?`
 * would begin the query, white space would not count, a backslash would be a slash, what comes before the first slash
 * would be a host, and `%41` an A.
 */
function pathOf({ rawPath, rawQueryString }: APIGatewayProxyEventV2): string {
  const encoded = rawPath.replace(/[?#\s\\]|%(?!25)/g, encodeURIComponent);
  const path = encoded.startsWith("/") ? encoded : `/${encoded}`;
  return rawQueryString ? `${path}?${rawQueryString.replaceAll("#", "%23")}` : path;
}

interface Answer {
  readonly statusCode: number;
  readonly headers: OutgoingHttpHeaders;
  /** Of what was written, as text or in base 64. */
  readonly body: string;
  readonly isBase64Encoded: boolean;
  /** Absent when serverless-express answers that something went wrong. */
  readonly response?: ServerResponse;
}

function getResponse(answer: Answer): APIGatewayProxyStructuredResultV2 {
  const { statusCode, headers, isBase64Encoded, response } = answer;
  const unwritten = response && unwrittenBody(response);
  const cookies = headers["set-cookie"];
  return {
    statusCode,
    body: unwritten === undefined ? answer.body : encoded(unwritten, isBase64Encoded),
    isBase64Encoded,
    headers: textsOf(headers),
    ...(cookies && { cookies: [cookies].flat().map(String) }),
  };
}

/** Headers but cookies, which Lambda wants apart; values of one name with commas between. */
function textsOf(headers: OutgoingHttpHeaders): Record<string, string> {
  const texts: Record<string, string> = {};
  // A loop over keys alone makes nothing beside the result, for a dozen headers of each answer.
  for (const name in headers) if (name !== "set-cookie") texts[name] = String(headers[name]);
  return texts;
}

const encoded = (body: string | Uint8Array, isBase64Encoded: boolean): string =>
  typeof body === "string" && !isBase64Encoded
    ? body
    : Buffer.from(body).toString(isBase64Encoded ? "base64" : "utf8");
