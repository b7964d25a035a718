import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as z from "zod";
import { run } from "../../packages/local-cloud/src/command";
import { forwardInterrupts } from "../../packages/local-cloud/src/forward-interrupts";
import { terraformLauncher, withTerraform } from "../../packages/local-cloud/src/terraform";
import { StateFailure } from "../state/state-failure";
import { planStale, terraformFailed } from "./errors";

export const stackJson = z.looseObject({
  terraform: z.looseObject({ backend: z.record(z.string(), z.unknown()) }),
  data: z.record(z.string(), z.record(z.string(), z.looseObject({}))).optional(),
});
export type StackJson = z.output<typeof stackJson>;

/** Runs Terraform in the folder of a synthesized stack. */
export class TerraformFolder {
  private constructor(
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  static async open(folder: string): Promise<TerraformFolder> {
    return new TerraformFolder(folder, { ...(await withTerraform(process.env)), TF_IN_AUTOMATION: "1" });
  }

  /** The synthesized stack. */
  json = (): StackJson => stackJson.parse(JSON.parse(readFileSync(this.stackFile, "utf8")));

  /** Changes the synthesized stack, before Terraform runs. */
  edit(change: (stack: StackJson) => StackJson): void {
    writeFileSync(this.stackFile, JSON.stringify(change(this.json()), null, 2));
  }

  private get stackFile(): string {
    return join(this.folder, "cdk.tf.json");
  }

  /** @throws {CommandError} with the problem of the state if that is the cause, else with Terraform's output */
  async run(...parameters: string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await run(
      terraformLauncher,
      [`-chdir=${this.folder}`, ...parameters],
      this.env,
      undefined,
      undefined,
      undefined,
      forwardInterrupts,
    );
    if (exitCode === 0) return stdout;
    const output = `${stdout}${stderr}`.trim();
    const failed = terraformFailed(parameters.join(" "), output);
    const stack = basename(this.folder);
    if (output.includes("Saved plan is stale")) throw planStale(stack, failed);
    const stateFailure = new StateFailure();
    for (const line of output.split("\n")) stateFailure.read(line);
    throw stateFailure.errorFor(stack, this.env, failed) ?? failed;
  }

  /**
   * Plans into a file. A plan takes no lock, since the plan role is read-only. If another run changes the state after
   * that, Terraform refuses to apply the plan as stale.
   */
  plan = (file: string, ...parameters: string[]) =>
    this.run("plan", "-lock=false", "-input=false", "-no-color", ...parameters, `-out=${file}`);

  /** Applies a plan, after waiting for another run to release the state. */
  apply = (file: string) => this.run("apply", "-lock-timeout=10m", "-input=false", "-no-color", file);

  init = () => this.run("init", "-input=false", "-no-color");
}
