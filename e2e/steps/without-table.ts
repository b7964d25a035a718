import { cdktfIn, expectSuccess } from "../support/command";
import { loggedLines } from "../support/logs";
import type { Walk } from "../support/walk";

/** Persistence is optional: one value in tfvars. */
export function withoutTableSteps(walk: () => Walk): void {
  test("with the table off a task is still queued and run, and the rest says which setting turns it on", async () => {
    const copy = walk().changeRepository();
    const setting = "enabled                = true";
    copy.edit("deploy/20_infra/environments/dev/terraform.tfvars", setting, "enabled = false");
    const { env } = walk().local.cloud;
    expectSuccess(await cdktfIn(copy.folder, env, "deploy", "*-dev", "--auto-approve"));

    const { api } = walk().service;
    const accepted = await api.create("echo", { message: "run without a table" });
    const ran = await loggedLines(walk().account.logs, "tasks-dev-worker", accepted.id);
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
      expect(await answer.text()).toContain("table.enabled = true");
    }
    expect((await api.call("GET", "/health")).status).toBe(200);
  });
}
