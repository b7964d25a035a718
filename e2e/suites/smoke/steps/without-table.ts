import { cdktfIn, expectSuccess } from "../../../support/command";
import { loggedLines } from "../../../support/logs";
import type { E2eEnvironment } from "../../../support/e2e-environment";
import { devPrefix } from "../../../support/names";

/** Persistence is optional: `table.enabled` in the tfvars. */
export function withoutTableSteps(e2e: () => E2eEnvironment): void {
  test("without a table, a task is queued and run, and calls that need the table return 501", async () => {
    const copy = e2e().changeRepository();
    copy.setSetting("infra", "dev", "table.enabled", "false");
    const { env } = e2e().local.cloud;
    expectSuccess(await cdktfIn(copy.folder, env, "deploy", "*-dev", "--auto-approve"));

    const { api } = e2e().service;
    const { id } = await api.create("echo", { message: "without a table" });
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
}
