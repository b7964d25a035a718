import { cdktfIn, expectSuccess } from "../../../support/command";
import { loggedLines } from "../../../support/logs";
import type { E2eEnvironment } from "../../../support/e2e-environment";

/** Persistence is optional: one value in tfvars. */
export function withoutTableSteps(e2e: () => E2eEnvironment): void {
  test("with the table off a task is still queued and run, and other calls get 501", async () => {
    const copy = e2e().changeRepository();
    const setting = "enabled                = true";
    copy.edit("deploy/20_infra/environments/dev/terraform.tfvars", setting, "enabled = false");
    const { env } = e2e().local.cloud;
    expectSuccess(await cdktfIn(copy.folder, env, "deploy", "*-dev", "--auto-approve"));

    const { api } = e2e().service;
    const accepted = await api.create("echo", { message: "run without a table" });
    const ran = await loggedLines(e2e().account.logs, "tasks-dev-worker", accepted.id);
    expect(ran).toContain("succeeded");
    for (const [method, path] of [
      ["GET", "/tasks"],
      ["GET", `/tasks/${accepted.id}`],
      ["POST", `/tasks/${accepted.id}/cancel`],
      ["DELETE", `/tasks/${accepted.id}`],
      ["POST", `/tasks/${accepted.id}/retry`],
    ] as const) {
      const answer = await api.call(method, path);
      expect(answer.status).toBe(501);
      expect(answer.headers.get("content-type")).toContain("application/problem+json");
      expect(await answer.json()).toMatchObject({ type: "/problems/persistence-disabled" });
    }
    expect((await api.call("GET", "/health")).status).toBe(200);
  });
}
