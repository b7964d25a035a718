import { httpEvent, newEcho, postEcho } from "./http-events";
import type { Scenario } from "./scenario";

const echo = JSON.stringify(newEcho);
const post = (body?: string | Buffer, headers?: Readonly<Record<string, string>>) =>
  httpEvent("POST", "/tasks", body, headers);
const get = (path: string, headers = {}) => httpEvent("GET", path, undefined, headers);
const accepting = (encodings: string) => ({ "accept-encoding": encodings });

const css = "/docs/swagger-ui.css";
const script = "/docs/swagger-ui-bundle.js";

const requests: Readonly<Record<string, unknown>> = {
  "get health": get("/health"),
  "HEAD of health": httpEvent("HEAD", "/health"),
  "create a task": post(echo),
  "body in base 64": post(Buffer.from(echo)),
  "body with a byte order mark": post(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(echo)])),
  "body that is not UTF-8": post(Buffer.from([0x22, 0xff, 0xfe, 0x22])),
  "charset UTF-8": post(echo, { "content-type": 'application/json; charset="UTF-8"' }),
  "unsupported charset": post(echo, { "content-type": "application/json; charset=latin1" }),
  "unsupported media type": post(echo, { "content-type": "text/plain" }),
  "no media type": post(echo, {}),
  "compressed body": postEcho({ "content-encoding": "gzip" }),
  "create a task with an idempotency key": postEcho({ "idempotency-key": "once" }),
  "invalid idempotency key": postEcho({ "idempotency-key": "no key" }),
  "truncated JSON": post("{"),
  "array instead of an object": post("[]"),
  "__proto__ in the body": post('{"__proto__":{}}'),
  "no body": post(),
  "large body": post(JSON.stringify({ a: "x".repeat(200_000) })),
  "unknown properties": post(
    JSON.stringify({ type: "echo", payload: { message: 1, more: true }, other: null }),
  ),
  "number above the maximum": post(JSON.stringify({ type: "dependency.call", payload: { failures: 101 } })),
  "string above the maximum length": post(
    JSON.stringify({ type: "echo", payload: { message: "x".repeat(10_001) } }),
  ),
  "unknown task type": post(JSON.stringify({ type: "nothing", payload: {} })),
  "list tasks": get("/tasks?limit=2&state=failed&type=echo"),
  "limit 0": get("/tasks?limit=0"),
  "repeated limit": get("/tasks?limit=2&limit=3"),
  "nested query parameters": get("/tasks?limit[a]=2&state=a%20b&cursor=%"),
  "invalid task id": get("/tasks/no-id"),
  "get a missing task": get(`/tasks/${"0".repeat(26)}`),
  "unsupported method": httpEvent("DELETE", "/tasks"),
  "path in other case with a trailing slash": get("/TASKS/"),
  "HEAD of the task list": httpEvent("HEAD", "/tasks"),
  "path that cannot be decoded": get("/%zz"),
  "OpenAPI document": get("/openapi.json"),
  "docs page": get("/docs"),
  "script of the docs page": get("/docs/start.js"),
  "unsupported method of the docs page": httpEvent("POST", "/docs"),
  "Brotli-compressed styles": get(css, accepting("gzip, br")),
  "styles without Accept-Encoding": get(css),
  "Brotli-compressed Swagger UI": get(script, accepting("gzip;q=0.5, br")),
  "Swagger UI with Accept-Encoding *": get(script, accepting("*")),
  "Swagger UI for a client without Brotli": get(script, accepting("gzip, br;q=0")),
  "HEAD of the styles": httpEvent("HEAD", css, undefined, accepting("br")),
  "unsupported method of the styles": httpEvent("POST", css),
  "cookies and other headers": {
    ...get("/health", { host: "localhost", forwarded: "x" }),
    cookies: ["a=1", "b=2"],
  },
};

/** Requests whose handling the layer could change: bodies, media types, queries and messages of schemas. */
export const apiRequests: readonly Scenario[] = Object.entries(requests).map(([name, event]) => ({
  name,
  event,
}));
