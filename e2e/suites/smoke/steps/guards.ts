import { join } from "node:path";
import { cdktf, script } from "../../../support/command";
import { accountClients, resourcesIn } from "../../../support/account";
import { withoutStatement } from "../../../support/roles";
import type { E2eEnvironment } from "../../../support/e2e-environment";
import { devPrefix } from "../../../support/names";

/** IAM permissions are enforced, and other accounts are rejected. */
export function guardSteps(e2e: () => E2eEnvironment): void {
  test("without its permission for the table, the API responds with 503 and reveals no internals", async () => {
    await withoutStatement(e2e().account.iam, `${devPrefix}-api`, "TaskTable", async () => {
      const response = await e2e().service.api.call("POST", "/tasks", {
        type: "echo",
        payload: { message: "denied" },
      });
      expect(response.status).toBe(503);
      expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(await response.text()).not.toMatch(new RegExp(`arn:|${devPrefix}|AccessDenied|dynamodb`, "i"));
    });
    await e2e().service.api.create("echo", { message: "allowed again" });
  });

  test("bootstrap and cdktf deploy reject another account and create nothing in it", async () => {
    const { target, env, config } = e2e().local.cloud;
    const other = { ...target, accountId: "999999999999" };
    const folder = join(e2e().local.home.folder, "other-account");
    const otherEnv = { ...env, AWS_ACCESS_KEY_ID: other.accountId, CDKTF_OUTPUT: folder };
    const bootstrap = await script(otherEnv, "bootstrap", "dev", "--aws");
    expect(bootstrap.exitCode).toBe(1);
    expect(bootstrap.stderr).toContain("These credentials belong to account 999999999999");
    expect(bootstrap.stderr).toContain(
      `${config.core.allowed_account_ids.join(", ")}, which deploy/10_core/environments/dev/terraform.tfvars allows`,
    );
    expect(await cdktf(otherEnv, "deploy", "core-dev", "--auto-approve")).toMatchObject({ exitCode: 1 });
    expect(await resourcesIn(accountClients(other))).toEqual([]);
  });
}
