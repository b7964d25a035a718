import { lambdaNode } from "../../../../packages/lambda-runtime/src/lambda-node";
import { programsBelow } from "../../../support/deployed-functions";
import type { E2eEnvironment } from "../../../support/e2e-environment";

/** What clients see. */
export function taskSteps(e2e: () => E2eEnvironment): void {
  test("a task is accepted, run by the worker, and its result is there to read", async () => {
    const response = await e2e().service.api.call("POST", "/tasks", {
      type: "echo",
      payload: { message: "hello" },
    });
    const accepted = (await response.json()) as { id: string };
    expect(response.status).toBe(202);
    expect(response.headers.get("location")).toBe(`/tasks/${accepted.id}`);
    expect(await e2e().service.api.until(accepted.id, "succeeded")).toMatchObject({
      attempts: 1,
      result: { message: "hello" },
    });
    expect((await e2e().service.api.list({ state: "succeeded" })).tasks).toContainEqual(
      expect.objectContaining({ id: accepted.id }),
    );
  });

  test("a report counts what happened", async () => {
    const { id } = await e2e().service.api.create("report.summary", { hours: 1 });
    const { result } = await e2e().service.api.until(id, "succeeded");
    expect(result).toMatchObject({
      byState: { succeeded: 1, running: 1 },
      byType: { echo: 1, "report.summary": 1 },
    });
  });

  test.each([
    ["GET", "/nothing", undefined, 404],
    ["GET", "/tasks/01ARZ3NDEKTSV4RRFFQ69G5FAV", undefined, 404],
    ["PUT", "/tasks", undefined, 405],
    ["POST", "/tasks", { type: "echo", payload: {} }, 422],
  ])("%s %s is refused with a problem document", async (method, path, body, status) => {
    const response = await e2e().service.api.call(method, path, body);
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(await response.json()).toMatchObject({ status, instance: response.headers.get("x-request-id") });
  });

  test("functions run on the Node that Lambda has", () => {
    const programs = programsBelow(e2e().local.cloud.emulator.pid);
    expect(programs.length).toBeGreaterThan(0);
    expect(new Set(programs)).toEqual(new Set([lambdaNode]));
  });

  test("a task that waits can be cancelled, one that has run cannot", async () => {
    const { api } = e2e().service;
    const { id } = await api.create("echo", { message: "too late" });
    await api.until(id, "succeeded");
    expect((await api.call("DELETE", `/tasks/${id}`)).status).toBe(409);
    expect((await api.call("POST", `/tasks/${id}/retry`)).status).toBe(409);
  });

  test("a task that has not changed is not sent again", async () => {
    const { api } = e2e().service;
    const { id } = await api.create("echo", { message: "same" });
    await api.until(id, "succeeded");
    const etag = (await api.call("GET", `/tasks/${id}`)).headers.get("etag") ?? "";
    const again = await api.call("GET", `/tasks/${id}`, undefined, { "if-none-match": etag });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });
}
