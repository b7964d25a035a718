import { servedDocument } from "@serverless-tasks/functions/api/docs/served-document";
import { randomUUID } from "node:crypto";
import * as z from "zod";
import { openApiDocument } from "../../../../scripts/documents/openapi/document";
import { loggedLines } from "../../../support/logs";
import type { E2eEnvironment } from "../../../support/e2e-environment";
import { devPrefix } from "../../../support/names";

const taskId = z.object({ id: z.string() });

const echo = (message: string) => ({ type: "echo", payload: { message } });
const post = (e2e: E2eEnvironment, body: unknown, headers: Record<string, string> = {}) =>
  e2e.service.api.call("POST", "/tasks", body, headers);

/** The HTTP API whatever the store is: health, problems and documentation. */
export function httpApiSteps(e2e: () => E2eEnvironment): void {
  test("GET /health returns version and commit", async () => {
    const { data, response } = await e2e().service.api.typed.GET("/health");
    expect(response.status).toBe(200);
    expect(data?.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(data?.commit).toMatch(/^[0-9a-f]{7,40}(-dirty)?$|^unknown$/);
  });

  test.each([
    ["a body that is not JSON", "{", "application/json", 400],
    ["a form", "a=1", "application/x-www-form-urlencoded", 415],
    ["a body of 1 MiB", JSON.stringify({ a: "x".repeat(1024 * 1024) }), "application/json", 413],
    ["a body of opening brackets", "[".repeat(50_000), "application/json", 400],
  ])("%s is rejected with a problem document", async (_case, body, type, status) => {
    const response = await fetch(`${e2e().service.api.base}/tasks`, {
      method: "POST",
      headers: { "content-type": type },
      body,
    });
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(await response.json()).toMatchObject({ status, instance: response.headers.get("x-request-id") });
  });

  test("422 has a pointer to the invalid value, and 405 lists the allowed methods", async () => {
    const invalid = await post(e2e(), { type: "echo", payload: { message: 1 } });
    expect(invalid.status).toBe(422);
    expect(await invalid.json()).toMatchObject({ errors: [{ pointer: "/payload/message" }] });
    const patched = await e2e().service.api.call("PATCH", "/tasks");
    expect([patched.status, patched.headers.get("allow")]).toEqual([405, "POST, GET, HEAD"]);
  });

  test("GET /openapi.json returns the OpenAPI document of the routes, without security where the API is open", async () => {
    const response = await e2e().service.api.call("GET", "/openapi.json");
    expect(response.headers.get("content-type")).toContain("application/json");
    expect(await response.json()).toEqual(servedDocument("none"));
    expect(Object.keys(servedDocument("none").paths)).toEqual(Object.keys(openApiDocument().paths ?? {}));
  });

  test("GET /docs returns Swagger UI, whose files the function serves with Brotli compression", async () => {
    const { api } = e2e().service;
    const page = await (await api.call("GET", "/docs")).text();
    const files = [...page.matchAll(/(?:src|href)="(docs[^"]+)"/g)].map(([, path = ""]) => path);
    expect(files).toEqual(["docs/swagger-ui.css", "docs/swagger-ui-bundle.js", "docs/start.js"]);
    for (const file of files) expect((await api.call("GET", `/${file}`)).status).toBe(200);
    const bundle = await api.call("GET", "/docs/swagger-ui-bundle.js", undefined, {
      "accept-encoding": "br",
    });
    expect(bundle.headers.get("content-encoding")).toBe("br");
    expect(await bundle.text()).toContain("SwaggerUIBundle");
  });
}

/** Pages, idempotency and logs of stored tasks. */
export function storedTaskSteps(e2e: () => E2eEnvironment): void {
  test("GET /tasks pages through all tasks, newest first, each once", async () => {
    const { api } = e2e().service;
    const created = [];
    for (const message of ["1", "2", "3"]) created.push(await api.create("echo", { message }));
    const listed: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await api.list({ limit: 2, ...(cursor !== undefined && { cursor }) });
      listed.push(...page.tasks.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(listed.slice(0, 3)).toEqual(created.map(({ id }) => id).reverse());
    expect(listed).toEqual([...new Set(listed)].sort().reverse());
  });

  test("requests with the same Idempotency-Key create one task and get the same response", async () => {
    const key = { "idempotency-key": randomUUID() };
    const responses = await Promise.all(Array.from({ length: 5 }, () => post(e2e(), echo("once"), key)));
    const bodies = await Promise.all(responses.map((response) => response.text()));
    expect(responses.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    expect(new Set(bodies).size).toBe(1);
    expect((await post(e2e(), echo("twice"), key)).status).toBe(422);
    expect((await post(e2e(), echo("once"), { "idempotency-key": "not valid" })).status).toBe(400);
    const { id } = taskId.parse(JSON.parse(bodies[0] ?? ""));
    expect(await e2e().service.api.until(id, "succeeded")).toMatchObject({ attempts: 1 });
  });

  test("the logs of the API and of the worker have the request id of a task", async () => {
    const response = await post(e2e(), echo("logged"));
    const requestId = response.headers.get("x-request-id") ?? "";
    const { id } = taskId.parse(await response.json());
    await e2e().service.api.until(id, "succeeded");
    const linesOf = (name: string) => loggedLines(e2e().account.logs, `${devPrefix}-${name}`, requestId);
    expect(await linesOf("api")).toContain('"status":202');
    const worker = await linesOf("worker");
    expect(worker).toContain(`"taskId":"${id}"`);
    expect(worker).toContain('"attempt":1');
  });
}
