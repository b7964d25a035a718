import { httpEvent, newEcho, postEcho } from "./http-events";
import type { Scenario } from "./scenario";

const echo = JSON.stringify(newEcho);
const text = (value: unknown) => JSON.stringify(value);
const post = (body?: string | Buffer, headers?: Readonly<Record<string, string>>) =>
  httpEvent("POST", "/tasks", body, headers);
const get = (path: string, headers = {}) => httpEvent("GET", path, undefined, headers);
const accepting = (encodings: string) => ({ "accept-encoding": encodings });

const css = "/docs/swagger-ui.css";
const script = "/docs/swagger-ui-bundle.js";

const requests: Readonly<Record<string, unknown>> = {
  health: get("/health"),
  "health without its body": httpEvent("HEAD", "/health"),
  "a task": post(echo),
  "a task in base 64": post(Buffer.from(echo)),
  "a byte order mark": post(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(echo)])),
  "no UTF-8": post(Buffer.from([0x22, 0xff, 0xfe, 0x22])),
  "UTF-8 by name": post(echo, { "content-type": 'application/json; charset="UTF-8"' }),
  "another charset": post(echo, { "content-type": "application/json; charset=latin1" }),
  "another type": post(echo, { "content-type": "text/plain" }),
  "no type": post(echo, {}),
  "a compressed body": postEcho({ "content-encoding": "gzip" }),
  "an idempotency key": postEcho({ "idempotency-key": "once" }),
  "a bad idempotency key": postEcho({ "idempotency-key": "no key" }),
  "half of JSON": post("{"),
  "a list": post("[]"),
  "a prototype": post('{"__proto__":{}}'),
  "no body": post(),
  "a large body": post(text({ a: "x".repeat(200_000) })),
  "unknown keys": post(text({ type: "echo", payload: { message: 1, more: true }, other: null })),
  "a number that is too large": post(text({ type: "dependency.call", payload: { failures: 101 } })),
  "a text that is too long": post(text({ type: "echo", payload: { message: "x".repeat(10_001) } })),
  "an unknown type": post(text({ type: "nothing", payload: {} })),
  "a page": get("/tasks?limit=2&state=failed&type=echo"),
  "no limit": get("/tasks?limit=0"),
  "two limits": get("/tasks?limit=2&limit=3"),
  "a nested query": get("/tasks?limit[a]=2&state=a%20b&cursor=%"),
  "no id": get("/tasks/no-id"),
  "no task": get(`/tasks/${"0".repeat(26)}`),
  "no such method": httpEvent("DELETE", "/tasks"),
  "another spelling": get("/TASKS/"),
  "a page without its body": httpEvent("HEAD", "/tasks"),
  "no text": get("/%zz"),
  "the API's document": get("/openapi.json"),
  "its page": get("/docs"),
  "the page's start": get("/docs/start.js"),
  "no such method of the page": httpEvent("POST", "/docs"),
  "styles, compressed": get(css, accepting("gzip, br")),
  "styles for a client that says nothing": get(css),
  "Swagger UI, compressed": get(script, accepting("gzip;q=0.5, br")),
  "Swagger UI for any encoding": get(script, accepting("*")),
  "Swagger UI for a client that has no Brotli": get(script, accepting("gzip, br;q=0")),
  "styles without their body": httpEvent("HEAD", css, undefined, accepting("br")),
  "no such method of the styles": httpEvent("POST", css),
  "cookies and any headers": {
    ...get("/health", { host: "localhost", forwarded: "x" }),
    cookies: ["a=1", "b=2"],
  },
};

/** What each replacement and each shortcut could have changed: bodies, media types, queries, messages of schemas. */
export const apiRequests: readonly Scenario[] = Object.entries(requests).map(([what, event]) => ({
  what,
  event,
}));
