import * as z from "zod";
import { bodyLimitBytes } from "@serverless-tasks/functions/api/http/json-body";
import type { FaultKind } from "../fault-kind";
import type { FaultOutcome } from "../fault-outcome";
import { bodyLimit, problemDocuments } from "../mutations/protections";
import { devPrefix } from "../../../support/names";

interface HostileRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

const json = { "content-type": "application/json" };
const post = (
  body: HostileRequest["body"],
  headers: Readonly<Record<string, string>> = json,
): HostileRequest => ({
  method: "POST",
  path: "/tasks",
  headers,
  ...(body !== undefined && { body }),
});
const echo = (more: string) => `{"type":"echo","payload":{"message":"x"${more}}}`;
const get = (path: string): HostileRequest => ({ method: "GET", path });
const id = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

/** Requests that try to break or probe the API. */
const hostileRequests: readonly HostileRequest[] = [
  post("x".repeat(1024 * 1024 + 1)),
  post("x".repeat(11 * 1024 * 1024)),
  post(`{"type":"echo","payload":{"message":"${"x".repeat(200_000)}"}}`),
  post("[".repeat(100_000)),
  post(`${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`),
  post(new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])),
  post(new Uint8Array([0xc3, 0x28])),
  post(""),
  post("null"),
  post("true"),
  post("1e999"),
  post('"text"'),
  post("[]"),
  post("{}"),
  post('{"type":"echo"'),
  post('{"type":"echo","payload":{}}'),
  post('{"type":"echo","payload":null}'),
  post('{"type":"echo","payload":[]}'),
  post('{"type":["echo"],"payload":{"message":"x"}}'),
  post('{"type":"__proto__","payload":{"message":"x"}}'),
  post('{"type":"constructor","payload":{"message":"x"}}'),
  post('{"__proto__":{"type":"echo"},"payload":{"message":"x"}}'),
  post(echo(',"__proto__":{"polluted":true}')),
  post(echo(',"constructor":{"prototype":{"polluted":true}}')),
  post(echo(',"more":1')),
  post('{"type":"echo","type":"nothing","payload":{"message":"x"}}'),
  post('{"type":"report.summary","payload":{"hours":1e308}}'),
  post('{"type":"report.summary","payload":{"hours":-1}}'),
  post(echo(""), { "content-type": "text/plain" }),
  post(echo(""), { "content-type": "application/xml" }),
  post(echo(""), { "content-type": "multipart/form-data; boundary=x" }),
  post(echo(""), { "content-type": "application/json; charset=utf-7" }),
  post(echo(""), { ...json, "content-encoding": "gzip" }),
  post(echo(""), { ...json, "content-encoding": "nonsense" }),
  post(echo(""), { ...json, "idempotency-key": "x".repeat(256) }),
  post(echo(""), { ...json, "idempotency-key": "a b" }),
  get("/tasks?limit=1&limit=2"),
  get("/tasks?limit[]=1"),
  get("/tasks?limit=1e9"),
  get("/tasks?state=__proto__"),
  get("/tasks?cursor=%00"),
  get("/tasks?cursor=../../etc/passwd"),
  get(`/tasks?${"a=1&".repeat(2_000)}`),
  get("/tasks/%00"),
  get("/tasks/%E0%A4%A"),
  get("/tasks/..%2F..%2Fhealth%2Fx"),
  get(`/tasks/${"x".repeat(5_000)}`),
  get("/docs/../../etc/passwd"),
  get("/__proto__"),
  { method: "PUT", path: "/tasks", headers: json, body: "{}" },
  { method: "PATCH", path: `/tasks/${id}` },
  { method: "POST", path: `/tasks/${id}/cancel/more` },
];

const internals = new RegExp(
  `amazon|dynamodb|arn:|${devPrefix}|node_modules|at .*\\(.*\\.js|Exception|stack`,
  "i",
);

/** F16: every hostile request gets a 4xx problem document that reveals no internals. */
export const hostileHttp: FaultKind = {
  id: "F16",
  description: "hostile HTTP requests",
  sizes: { full: hostileRequests.length, small: hostileRequests.length, control: hostileRequests.length },
  protection: problemDocuments,
  run: async (campaign): Promise<FaultOutcome> => {
    const violations: string[] = [];
    for (const request of hostileRequests) {
      const { method, path, headers = {}, body } = request;
      const response = await campaign.fetch(path, { method, headers, ...(body !== undefined && { body }) });
      const content = await response.text();
      const call = `${method} ${path.slice(0, 40)} ${String(body ?? "").slice(0, 40)}: ${response.status}`;
      const isProblem = response.headers.get("content-type")?.startsWith("application/problem+json") === true;
      if (response.status < 400 || response.status > 499 || !isProblem) violations.push(call);
      if (internals.test(content)) violations.push(`${call} reveals ${content.slice(0, 80)}`);
    }
    return { injected: hostileRequests.length, lost: 0, duplicated: 0, violations };
  },
};

const created = z.object({ id: z.string() });
const secondsToSettle = 60;

/** F21: bodies around the size limit. A request that is rejected with 413 must not create a task. */
export const bodySizeLimit: FaultKind = {
  id: "F21",
  description: "bodies a few bytes below and above the limit",
  sizes: { full: 40, small: 6, control: 6 },
  protection: bodyLimit,
  run: async (campaign, count): Promise<FaultOutcome> => {
    const violations: string[] = [];
    const started = Date.now();
    const rejected = new Set<string>();
    const accepted: string[] = [];
    for (let at = 0; at < count; at++) {
      const bytes = bodyLimitBytes + at - Math.floor(count / 2);
      const message = `<F21:${started}:${at}>`;
      const body = JSON.stringify({ type: "echo", payload: { message } }).padEnd(bytes, " ");
      const response = await campaign.fetch("/tasks", { method: "POST", headers: json, body });
      const expected = bytes <= bodyLimitBytes ? 202 : 413;
      if (response.status !== expected) violations.push(`${bytes} bytes: ${response.status}`);
      if (expected === 413) rejected.add(message);
      else accepted.push(created.parse(await response.json()).id);
    }
    const written = await campaign.idsOfMessages(rejected);
    if (written.length > 0) violations.push(`${written.length} rejected requests created tasks`);
    return { ...(await campaign.settle(accepted, secondsToSettle, count)), violations };
  },
};
