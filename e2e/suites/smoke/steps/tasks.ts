import * as z from "zod";
import { lambdaNode } from "../../../../packages/lambda-runtime/src/lambda-node";
import { programsBelow } from "../../../support/deployed-functions";
import { testWith } from "../../../support/example-test";
import type { E2eEnvironment } from "../../../support/e2e-environment";

const counts = z.record(z.string(), z.number());
const report = z.object({ byState: counts, byType: counts });

/** The life of a task, in any store. */
export function taskSteps(e2e: () => E2eEnvironment): void {
  test("a task is created, run by the worker and returned with its result", async () => {
    const response = await e2e().service.api.call("POST", "/tasks", {
      type: "echo",
      payload: { message: "hello" },
    });
    const { id } = z.object({ id: z.string() }).parse(await response.json());
    expect(response.status).toBe(202);
    expect(response.headers.get("location")).toBe(`/tasks/${id}`);
    expect(await e2e().service.api.until(id, "succeeded")).toMatchObject({
      attempts: 1,
      result: { message: "hello" },
    });
    expect((await e2e().service.api.list({ state: "succeeded" })).tasks).toContainEqual(
      expect.objectContaining({ id }),
    );
  });

  testWith("report.summary")("a report counts tasks by state and by type", async () => {
    const { api } = e2e().service;
    const createReport = async () => {
      const { id } = await api.create("report.summary", { hours: 1 });
      return report.parse((await api.until(id, "succeeded")).result);
    };
    const before = await createReport();
    await api.until((await api.create("echo", { message: "counted" })).id, "succeeded");
    const after = await createReport();
    // Itself is running; the echo task and the first report have succeeded since the first report.
    expect(after.byState).toEqual({
      ...before.byState,
      running: 1,
      succeeded: (before.byState.succeeded ?? 0) + 2,
    });
    expect(after.byType).toEqual({
      ...before.byType,
      echo: (before.byType.echo ?? 0) + 1,
      "report.summary": (before.byType["report.summary"] ?? 0) + 1,
    });
  });

  test("a task that has expired is not found before it is deleted", async () => {
    const { api, store } = e2e().service;
    const { id } = await api.create("echo", { message: "expired" });
    await api.until(id, "succeeded");
    await store.expire(id);
    expect((await api.call("GET", `/tasks/${id}`)).status).toBe(404);
    expect((await api.list({ limit: 100 })).tasks.map((task) => task.id)).not.toContain(id);
  });

  test.each([
    ["GET", "/nothing", undefined, 404],
    ["GET", "/tasks/01ARZ3NDEKTSV4RRFFQ69G5FAV", undefined, 404],
    ["PUT", "/tasks", undefined, 405],
    ["POST", "/tasks", { type: "echo", payload: {} }, 422],
  ])("%s %s is rejected with a problem document", async (method, path, body, status) => {
    const response = await e2e().service.api.call(method, path, body);
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toContain("application/problem+json");
    expect(await response.json()).toMatchObject({ status, instance: response.headers.get("x-request-id") });
  });

  test("functions run on Lambda's version of Node", async () => {
    await e2e().service.api.call("GET", "/health");
    const programs = programsBelow(e2e().local.cloud.emulator.pid);
    expect(programs.length).toBeGreaterThan(0);
    expect(new Set(programs)).toEqual(new Set([lambdaNode]));
  });

  test("a succeeded task can be neither cancelled nor retried", async () => {
    const { api } = e2e().service;
    const { id } = await api.create("echo", { message: "succeeded" });
    await api.until(id, "succeeded");
    expect((await api.call("DELETE", `/tasks/${id}`)).status).toBe(409);
    expect((await api.call("POST", `/tasks/${id}/retry`)).status).toBe(409);
  });

  test("If-None-Match with the ETag of an unchanged task returns 304", async () => {
    const { api } = e2e().service;
    const { id } = await api.create("echo", { message: "same" });
    await api.until(id, "succeeded");
    const etag = (await api.call("GET", `/tasks/${id}`)).headers.get("etag") ?? "";
    const again = await api.call("GET", `/tasks/${id}`, undefined, { "if-none-match": etag });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });
}
