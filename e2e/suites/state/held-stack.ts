import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { run, type CommandResult } from "../../../packages/local-cloud/src/command";
import { runCdktf } from "../../../scripts/local/cdktf";
import { cdktf, expectSuccess } from "../../support/command";
import type { TestCloud } from "../../support/test-cloud";
import { devPrefix } from "../../support/names";

/** The parts of the synthesized stack that are used. */
const stackFile = z.object({
  // cdktf reads the metadata of the stack from it.
  "//": z.object({ metadata: z.looseObject({}) }),
  terraform: z.unknown(),
  provider: z.object({ aws: z.tuple([z.looseObject({})]) }),
});

const statement = { Effect: "Allow", Action: "sts:GetCallerIdentity", Resource: "*" };
const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });

/** Where an apply is held: before its first change, or after its last one and before Terraform writes the state. */
export type HoldAt = "before" | "after";

/** A held apply fails after this time. */
const maxHoldSeconds = 150;
const stackName = "core-dev";

/**
 * The stack core-dev in a folder of its own, with its backend and provider, and with other resources: a few policies, and
 * one whose provisioner holds the apply until it is released.
 */
export class HeldStack {
  private readonly signal: { readonly holding: string; readonly release: string };

  private constructor(
    private readonly local: TestCloud,
    readonly folder: string,
  ) {
    this.signal = { holding: `${folder}.holding`, release: `${folder}.release` };
  }

  /** Synthesizes the stack that `copy` copies. */
  static async synthesize({ cloud }: TestCloud): Promise<void> {
    expectSuccess(await cdktf(cloud.env, "synth"));
  }

  static copy(local: TestCloud, name: string): HeldStack {
    const folder = join(local.home.folder, name);
    cpSync(local.home.stacks, folder, { recursive: true });
    return new HeldStack(local, folder);
  }

  get stackFolder(): string {
    return join(this.folder, "stacks", stackName);
  }

  /** Terraform names of its policies; their names in IAM are `<prefix>-<name>`. */
  readonly policies = ["first-policy", "second-policy"];

  /**
   * Changes a tag of all resources, and where an apply is held.
   * @param hold applies are not held without it
   * @param release path of a file that releases the apply when it is created
   * @param minSeconds shortest duration of an apply
   */
  change(round: string, hold?: HoldAt, release = this.signal.release, minSeconds = 0): void {
    for (const file of Object.values(this.signal)) rmSync(file, { force: true });
    const {
      "//": comment,
      terraform,
      provider,
    } = stackFile.parse(JSON.parse(readFileSync(this.file, "utf8")));
    const [aws] = provider.aws;
    const wait = `touch ${this.signal.holding}; sleep ${minSeconds}; for i in $(seq ${maxHoldSeconds * 10}); do [ -e ${release} ] && exit 0; sleep 0.1; done; exit 1`;
    const held = {
      triggers_replace: round,
      depends_on: hold === "after" ? this.policies.map((name) => `aws_iam_policy.${name}`) : [],
      provisioner: [{ "local-exec": { command: hold === undefined ? "true" : wait } }],
    };
    const depends_on = hold === "before" ? ["terraform_data.held"] : [];
    const policies = this.policies.map((name) => [
      name,
      { name: `${devPrefix}-${name}`, policy, depends_on },
    ]);
    const stack = {
      "//": { metadata: comment.metadata },
      terraform,
      provider: { aws: [{ ...aws, default_tags: [{ tags: { Round: round } }] }] },
      resource: { aws_iam_policy: Object.fromEntries(policies) as unknown, terraform_data: { held } },
    };
    writeFileSync(this.file, JSON.stringify(stack));
  }

  get isHeld(): boolean {
    return existsSync(this.signal.holding);
  }

  /** Applies the stack by the function that the commands of the repository use. */
  apply(): Promise<void> {
    return runCdktf({
      parameters: ["deploy", stackName, "--auto-approve", "--skip-synth"],
      env: { ...this.local.cloud.env, CDKTF_OUTPUT: this.folder },
      log: `${this.folder}.log`,
      report: () => undefined,
    });
  }

  /** `terraform …` in the stack's folder. */
  terraform(...parameters: string[]): Promise<CommandResult> {
    const { cloud } = this.local;
    return run(cloud.terraform.path, [`-chdir=${this.stackFolder}`, ...parameters], cloud.env);
  }

  /** Whether a plan has no changes. */
  async isUpToDate(): Promise<boolean> {
    const plan = await this.terraform("plan", "-input=false", "-detailed-exitcode");
    if (plan.exitCode !== 0 && plan.exitCode !== 2) expectSuccess(plan);
    return plan.exitCode === 0;
  }

  private get file(): string {
    return join(this.stackFolder, "cdk.tf.json");
  }
}
