import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../../packages/local-cloud/src/command";
import { expectSuccess, script } from "../../../support/command";
import type { E2eEnvironment } from "../../../support/e2e-environment";

/** The deployed stacks can be maintained by Terraform without cdktf. */
export function plainTerraformSteps(e2e: () => E2eEnvironment): void {
  /** @returns "no changes", or the output of the plan; the folder need not be initialized */
  async function planIn(folder: string) {
    const { terraform, env } = e2e().local.cloud;
    const call = (...parameters: string[]) => run(terraform.path, [`-chdir=${folder}`, ...parameters], env);
    expectSuccess(await call("init", "-input=false", "-no-color"));
    const { exitCode, stdout, stderr } = await call(
      "plan",
      "-input=false",
      "-no-color",
      "-detailed-exitcode",
    );
    return exitCode === 0 ? "no changes" : `${stdout}${stderr}`;
  }

  // `cdktf diff` plans the other layers from the same JSON. Only app also reads the zips in its folder.
  test("terraform plan of the synthesized cdk.tf.json of app has no changes", async () => {
    const { folder, stacks } = e2e().local.home;
    const from = join(stacks, "stacks", "app-dev");
    const to = join(folder, "plain");
    mkdirSync(to);
    for (const name of ["cdk.tf.json", "artifacts"])
      cpSync(join(from, name), join(to, name), { recursive: true });
    expect(await planIn(to)).toBe("no changes");
  });

  test("terraform plan of the HCL that eject writes has no changes", async () => {
    const { cloud, home } = e2e().local;
    const folder = join(home.folder, "ejected");
    expectSuccess(await script(cloud.env, "eject", folder));
    for (const layer of ["10_core", "20_infra", "30_app"])
      expect([layer, await planIn(join(folder, "dev", layer))]).toEqual([layer, "no changes"]);
  });
}
