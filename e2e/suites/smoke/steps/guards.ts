import { join } from "node:path";
import { cdktf, script } from "../../../support/command";
import { accountClients, resourcesIn } from "../../../support/account";
import { withoutStatement } from "../../../support/roles";
import type { E2eEnvironment } from "../../../support/e2e-environment";

/** What is not allowed. */
export function guardSteps(e2e: () => E2eEnvironment): void {
  test("permissions are enforced: without its grant the API cannot send, says so and tells nothing else", async () => {
    await withoutStatement(e2e().account.iam, "tasks-dev-api", "TaskTable", async () => {
      const response = await e2e().service.api.call("POST", "/tasks", {
        type: "echo",
        payload: { message: "denied" },
      });
      expect(response.status).toBe(503);
      expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(await response.text()).not.toMatch(/arn:|tasks-dev|AccessDenied|dynamodb/i);
    });
    await e2e().service.api.create("echo", { message: "allowed again" });
  });

  test("another account is refused before anything is planned", async () => {
    const { target, env } = e2e().local.cloud;
    const stranger = { ...target, accountId: "999999999999" };
    const folder = join(e2e().local.home.folder, "stranger");
    const strange = { ...env, AWS_ACCESS_KEY_ID: stranger.accountId, CDKTF_OUTPUT: folder };
    const bootstrap = await script(strange, "bootstrap", "dev", "--aws");
    expect(bootstrap.exitCode).toBe(1);
    expect(bootstrap.stderr).toContain("These credentials belong to account 999999999999");
    expect(bootstrap.stderr).toContain(
      "111111111111, which deploy/10_core/environments/dev/terraform.tfvars allows",
    );
    expect(await cdktf(strange, "deploy", "core-dev", "--auto-approve")).toMatchObject({ exitCode: 1 });
    expect(await resourcesIn(accountClients(stranger))).toEqual([]);
  });
}
