import { randomUUID } from "node:crypto";
import { eventually } from "../../../support/eventually";
import { testWith } from "../../../support/example-test";
import { loggedLines } from "../../../support/logs";
import type { E2eEnvironment } from "../../../support/e2e-environment";
import { devPrefix } from "../../../support/names";

/** Persistence is optional: `table.enabled` in the tfvars. */
export function withoutTableSteps(e2e: () => E2eEnvironment): void {
  describe("without a table", () => {
    beforeAll(() => e2e().deployWith({ infra: { "table.enabled": "false" } }));
    withoutStoreSteps(e2e);
  });
}

/** A service that stores no tasks. */
export function withoutStoreSteps(e2e: () => E2eEnvironment): void {
  test("a task is queued and run, and calls that need the store return 501", async () => {
    const { api } = e2e().service;
    const { id } = await api.create("echo", { message: "not stored" });
    expect(await loggedLines(e2e().account.logs, `${devPrefix}-worker`, id)).toContain("succeeded");
    for (const [method, path] of [
      ["GET", "/tasks"],
      ["GET", `/tasks/${id}`],
      ["POST", `/tasks/${id}/cancel`],
      ["DELETE", `/tasks/${id}`],
      ["POST", `/tasks/${id}/retry`],
    ] as const) {
      const response = await api.call(method, path);
      expect(response.status).toBe(501);
      expect(response.headers.get("content-type")).toContain("application/problem+json");
      expect(await response.json()).toMatchObject({ type: "/problems/persistence-disabled" });
    }
    expect((await api.call("GET", "/health")).status).toBe(200);
  });

  test("an idempotency key is rejected with 501", async () => {
    const { api } = e2e().service;
    const body = { type: "echo", payload: { message: "once" } };
    const response = await api.call("POST", "/tasks", body, { "idempotency-key": randomUUID() });
    expect(response.status).toBe(501);
    expect(await response.json()).toMatchObject({ type: "/problems/idempotency-unavailable" });
  });

  testWith("dependency.call")(
    "a task that its handler ends, and one that fails in all deliveries, are dead letters",
    async () => {
      const { api, tasks, deadLetters } = e2e().service;
      const before = await deadLetters.size();
      const ids = await tasks.withFastRetries(async () => {
        const created = [
          await api.create("dependency.call", { failures: 100, permanent: true }),
          await api.create("dependency.call", { failures: 100 }),
        ];
        await eventually("the dead-letter queue has two more messages", 120, async () =>
          (await deadLetters.size()) >= before + 2 ? true : undefined,
        );
        return created.map(({ id }) => id);
      });
      const bodies = await deadLetters.peek();
      for (const id of ids) expect(bodies).toContainEqual(expect.stringContaining(id));
    },
  );
}
