import type { APIGatewayProxyEventV2 } from "aws-lambda";
import express from "express";
import { once } from "node:events";
import {
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
} from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { createLambdaHandler } from "./create-lambda-handler";
import { createApp, ofConnection } from "./testing/responding-app";

/** Applications respond to events as to the same requests over HTTP. */
interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}
interface Received {
  readonly statusCode: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const app = createApp();
const handler = createLambdaHandler(createApp());
let server: Server;
beforeAll(async () => {
  server = createServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(async () => {
  server.close();
  await once(server, "close");
});

async function overHttp({ method = "GET", path, headers, body }: Sent): Promise<Received> {
  const { port } = server.address() as AddressInfo;
  const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  const sent = request({
    port,
    host: "127.0.0.1",
    method,
    path,
    headers: { host: "a", ...length, ...headers },
  });
  sent.end(body);
  const [received] = (await once(sent, "response")) as [IncomingMessage];
  return {
    statusCode: received.statusCode,
    headers: received.headers,
    body: (await buffer(received)).toString("latin1"),
  };
}

/** The event that the HTTP API creates from a request: decoded path, names in lower case, cookies in a list. */
function eventOf({ method = "GET", path, headers = {}, body }: Sent): APIGatewayProxyEventV2 {
  const [encoded = "", ...query] = path.split("?");
  const rawPath = decodeURIComponent(encoded);
  const { cookie, ...others }: Record<string, string> = { host: "a", ...headers };
  return {
    rawPath,
    rawQueryString: query.join("?"),
    headers: others,
    ...(cookie !== undefined && { cookies: cookie.split("; ") }),
    requestContext: { http: { method, path: rawPath, sourceIp: "127.0.0.1" } },
    ...(body !== undefined && { body: body.toString(typeof body === "string" ? "utf8" : "base64") }),
    isBase64Encoded: Buffer.isBuffer(body),
  } as unknown as APIGatewayProxyEventV2;
}

async function asEvent(sent: Sent): Promise<Received> {
  const { statusCode, headers = {}, cookies, body = "", isBase64Encoded } = await handler(eventOf(sent));
  return {
    statusCode,
    headers: {
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      ...(cookies && { "set-cookie": cookies }),
    },
    body: Buffer.from(body, isBase64Encoded ? "base64" : "utf8").toString("latin1"),
  };
}

const json = { "content-type": "application/json" };
const paths = [
  ...["/empty", "/not-modified", "/cookies", "/values", "/moved", "/bytes", "/file", "/parts", "/stream"],
  ...["/latin1", "/hex", "/write-head", "/write-head-list", "/flushed", "/callback", "/finished"],
  ...["/no-chunk", "/null", "/hooked", "/wrong-status", "/thrown", "/rejected", "/mounted", "/nothing"],
];

test.each<[string, Sent]>([
  ["a request", { path: "/seen" }],
  ["its query", { path: "/seen?a=1&b=%20&b=%23&c=?" }],
  ["a path with escapes", { path: "/seen/a%3Fb=1%23c%20d%5C?d=2" }],
  ["a path of two slashes", { path: "//seen" }],
  ["its cookies", { path: "/seen", headers: { cookie: "a=1; b=2" } }],
  ["text", { method: "POST", path: "/seen", headers: json, body: '{"a":"\u00e4"}' }],
  ["bytes", { method: "PUT", path: "/seen", body: Buffer.from([0, 255]) }],
  ["JSON", { method: "POST", path: "/json", headers: json, body: '{"a":"\u00e4"}' }],
  ["no JSON", { method: "POST", path: "/json", headers: json, body: "{" }],
  ["HEAD", { method: "HEAD", path: "/seen" }],
  ["HEAD of parts", { method: "HEAD", path: "/parts" }],
  ["OPTIONS", { method: "OPTIONS", path: "/cookies" }],
  ["a conditional request", { path: "/file", headers: { "if-none-match": "*" } }],
  ["a range", { path: "/file", headers: { range: "bytes=0-9" } }],
  ["a compressed response", { path: "/compressed" }],
  ...paths.map((path): [string, Sent] => [path, { path }]),
])("%s", async (_what, sent) => {
  const [expected, found] = [await overHttp(sent), await asEvent(sent)];
  // Node adds the length of a body that is sent at once; the HTTP API adds it always.
  const left = Object.entries(expected.headers).filter(
    ([name]) => !ofConnection.has(name) && (name !== "content-length" || name in found.headers),
  );
  expect(found).toEqual({ ...expected, headers: Object.fromEntries(left) });
});

test.each(["order", "finished"])("the %s of events is that of Node", async (setting) => {
  const path = setting === "order" ? "/callback" : "/finished";
  const own = createApp();
  await createLambdaHandler(own)(eventOf({ path }));
  await overHttp({ path });
  expect(own.get(setting)).toEqual(app.get(setting));
  expect(own.get(setting)).toHaveLength(setting === "order" ? 4 : 2);
});

test("the connection uses TLS, from the client's address", async () => {
  const own = express().get("/", ({ secure, protocol, ip }, response) =>
    response.json({ secure, protocol, ip }),
  );
  const { body } = await createLambdaHandler(own)(eventOf({ path: "/" }));
  expect(JSON.parse(String(body))).toEqual({ secure: true, protocol: "https", ip: "127.0.0.1" });
});

test("names of headers in capitals, of direct invocations, are read; the length is that of the body", async () => {
  const event = {
    ...eventOf({ method: "POST", path: "/seen", body: "1" }),
    headers: { "Content-Length": "9" },
  };
  const { body } = await handler(event);
  expect(JSON.parse(String(body))).toMatchObject({
    headers: expect.arrayContaining([["content-length", "1"]]) as unknown,
  });
});

test("each response has its event", async () => {
  const own = express().get("/", (_request, { locals, json }) => json.call(null, locals));
  own.get("/event", (_request, response) => response.json(response.locals.event));
  const event = eventOf({ path: "/event" });
  const { body } = await createLambdaHandler(own)(event);
  expect(JSON.parse(String(body))).toEqual(event);
});

test.each(["error", "destroy"])("a response that fails before its end fails the event: %s", async (how) => {
  const own = express().get("/", (_request, response) => {
    setImmediate(() => {
      if (how === "error") response.emit("error", new RangeError("failed"));
      else response.destroy(new RangeError("failed"));
    });
  });
  await expect(createLambdaHandler(own)(eventOf({ path: "/" }))).rejects.toThrow(RangeError);
});

test.each<[string, (response: express.Response) => void]>([
  ["set", (response) => response.set("X-Late", "yes")],
  [
    "removed",
    (response) => {
      response.removeHeader("Content-Type");
    },
  ],
  ["sent again", (response) => response.writeHead(201)],
])("a header that is %s after the end is an error, as in Node", async (_what, change) => {
  const own = express().get("/", (_request, response) => {
    response.send("sent").status(500);
    try {
      change(response);
    } catch (error) {
      own.set("code", (error as NodeJS.ErrnoException).code);
    }
  });
  const { statusCode, body } = await createLambdaHandler(own)(eventOf({ path: "/" }));
  expect([statusCode, body, own.get("code")]).toEqual([200, "sent", "ERR_HTTP_HEADERS_SENT"]);
});

test("a write after the end is an error, as in Node", async () => {
  const own = express().get("/", (_request, response) => {
    response.on("error", (error: NodeJS.ErrnoException) => own.set("code", error.code));
    response.end("once");
    response.write("twice");
  });
  const { body } = await createLambdaHandler(own)(eventOf({ path: "/" }));
  await new Promise(setImmediate);
  expect([body, own.get("code")]).toEqual(["once", "ERR_STREAM_WRITE_AFTER_END"]);
});
