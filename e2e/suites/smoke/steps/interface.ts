import { openApiDocument } from "../../../../scripts/documents/openapi/document";
import { loggedLines } from "../../../support/logs";
import type { E2eEnvironment } from "../../../support/e2e-environment";

/** The whole interface, as clients meet it. */
export function interfaceSteps(e2e: () => E2eEnvironment): void {
  const echo = (message: string) => ({ type: "echo", payload: { message } });
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    e2e().service.api.call("POST", "/tasks", body, headers);

  test("GET /health tells version and commit", async () => {
    const { data, response } = await e2e().service.api.typed.GET("/health");
    expect(response.status).toBe(200);
    expect(data?.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(data?.commit).toMatch(/^[0-9a-f]{7,40}(-dirty)?$|^unknown$/);
  });

  test("GET /tasks pages through the tasks, newest first, each once", async () => {
    const { api } = e2e().service;
    const created = [];
    for (const message of ["1", "2", "3"]) created.push(await api.create("echo", { message }));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await api.list({ limit: 2, ...(cursor !== undefined && { cursor }) });
      seen.push(...page.tasks.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(seen.slice(0, 3)).toEqual(created.map(({ id }) => id).reverse());
    expect(seen).toEqual([...new Set(seen)].sort().reverse());
  });

  test("a request sent again with its Idempotency-Key is one task, and gets the same answer", async () => {
    const key = { "idempotency-key": "walk-1" };
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(echo("once"), key)));
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    expect(new Set(bodies).size).toBe(1);
    expect((await post(echo("twice"), key)).status).toBe(422);
    expect((await post(echo("once"), { "idempotency-key": "no key" })).status).toBe(400);
    const { id } = JSON.parse(bodies[0] ?? "") as { id: string };
    expect(await e2e().service.api.until(id, "succeeded")).toMatchObject({ attempts: 1 });
  });

  test.each([
    ["a body that is no JSON", "{", "application/json", 400],
    ["a form", "a=1", "application/x-www-form-urlencoded", 415],
    ["a body of 1 MiB", JSON.stringify({ a: "x".repeat(1024 * 1024) }), "application/json", 413],
    ["lone brackets", "[".repeat(50_000), "application/json", 400],
  ])("%s is refused with a problem document", async (_what, body, type, status) => {
    const answer = await fetch(`${e2e().service.api.base}/tasks`, {
      method: "POST",
      headers: { "content-type": type },
      body,
    });
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect(await answer.json()).toMatchObject({ status, instance: answer.headers.get("x-request-id") });
  });

  test("an error of the payload has its pointer, and 405 lists the allowed methods", async () => {
    const wrong = await post({ type: "echo", payload: { message: 1 } });
    expect(wrong.status).toBe(422);
    expect(await wrong.json()).toMatchObject({ errors: [{ pointer: "/payload/message" }] });
    const patched = await e2e().service.api.call("PATCH", "/tasks");
    expect([patched.status, patched.headers.get("allow")]).toEqual([405, "POST, GET, HEAD"]);
  });

  test("GET /openapi.json is the document of this very API", async () => {
    const answer = await e2e().service.api.call("GET", "/openapi.json");
    expect(answer.headers.get("content-type")).toContain("application/json");
    expect(await answer.json()).toEqual(JSON.parse(JSON.stringify(openApiDocument())));
  });

  test("GET /docs is Swagger UI, whole and compressed, from the function itself", async () => {
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

  test("one id follows a task from the request to the worker's log", async () => {
    const answer = await post(echo("follow me"));
    const requestId = answer.headers.get("x-request-id") ?? "";
    const { id } = (await answer.json()) as { id: string };
    await e2e().service.api.until(id, "succeeded");
    const linesOf = (name: string) => loggedLines(e2e().account.logs, `tasks-dev-${name}`, requestId);
    expect(await linesOf("api")).toContain('"status":202');
    const worker = await linesOf("worker");
    expect(worker).toContain(`"taskId":"${id}"`);
    expect(worker).toContain('"attempt":1');
  });
}
