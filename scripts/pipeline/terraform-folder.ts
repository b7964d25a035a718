import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { run } from "../local/command";
import { withTerraform } from "../local/terraform";
import { terraformFailed } from "./errors";

const stack = z.looseObject({
  terraform: z.looseObject({ backend: z.record(z.string(), z.unknown()) }),
  data: z.record(z.string(), z.record(z.string(), z.looseObject({}))).optional(),
});
export type StackJson = z.output<typeof stack>;

/** A synthesized stack, and the Terraform that works in its folder. */
export class TerraformFolder {
  private constructor(
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  static async open(folder: string): Promise<TerraformFolder> {
    return new TerraformFolder(folder, { ...(await withTerraform(process.env)), TF_IN_AUTOMATION: "1" });
  }

  /** Changes what was synthesized before Terraform has seen it. */
  edit(change: (stack: StackJson) => StackJson): void {
    const path = join(this.folder, "cdk.tf.json");
    const changed = change(stack.parse(JSON.parse(readFileSync(path, "utf8"))));
    writeFileSync(path, JSON.stringify(changed, null, 2));
  }

  /** @throws {LocalCloudError} with what Terraform said */
  async run(...parameters: string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await run(
      "terraform",
      [`-chdir=${this.folder}`, ...parameters],
      this.env,
    );
    if (exitCode !== 0) throw terraformFailed(parameters.join(" "), `${stdout}${stderr}`.trim());
    return stdout;
  }

  init = () => this.run("init", "-input=false", "-no-color");
}
