import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { run, type CommandResult } from "../../../packages/local-cloud/src/command";
import { runCdktf } from "../../../scripts/local/cdktf";
import { cdktf, expectSuccess } from "../../support/command";
import type { TestCloud } from "../../support/test-cloud";

/** What is kept of the synthesized stack. */
const stackFile = z.object({
  // cdktf reads from it what the file is.
  "//": z.object({ metadata: z.looseObject({}) }),
  terraform: z.unknown(),
  provider: z.object({ aws: z.tuple([z.looseObject({})]) }),
});

const statement = { Effect: "Allow", Action: "sts:GetCallerIdentity", Resource: "*" };
const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });

/** Where in an apply it is held: before anything is changed, or after all is, and before Terraform has kept it. */
export type HoldAt = "before" | "after";

/** No apply is held for longer, whatever goes wrong. */
const longestHoldSeconds = 150;
const stackName = "core-dev";

/**
 * core-dev in a folder of its own: its state and its provider, and for resources a few policies and one that holds the
 * apply until it is let go.
 */
export class HeldStack {
  private readonly signal: { readonly holding: string; readonly release: string };

  private constructor(
    private readonly local: TestCloud,
    readonly folder: string,
  ) {
    this.signal = { holding: `${folder}.holding`, release: `${folder}.release` };
  }

  /** Synthesizes the stack, for any number of copies. */
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

  /** The policies that it has, each by its Terraform name; `tasks-dev-<name>` is its own. */
  readonly policies = ["first-policy", "second-policy"];

  /**
   * Changes the stack: a tag on everything that it has, and a hold.
   * @param hold left out, nothing is held
   * @param atLeastSeconds how long an apply takes even if it is let go at once
   */
  change(round: string, hold?: HoldAt, release = this.signal.release, atLeastSeconds = 0): void {
    for (const file of Object.values(this.signal)) rmSync(file, { force: true });
    const { "//": about, terraform, provider } = stackFile.parse(JSON.parse(readFileSync(this.file, "utf8")));
    const [aws] = provider.aws;
    const wait = `touch ${this.signal.holding}; sleep ${atLeastSeconds}; for i in $(seq ${longestHoldSeconds * 10}); do [ -e ${release} ] && exit 0; sleep 0.1; done; exit 1`;
    const held = {
      triggers_replace: round,
      depends_on: hold === "after" ? this.policies.map((name) => `aws_iam_policy.${name}`) : [],
      provisioner: [{ "local-exec": { command: hold === undefined ? "true" : wait } }],
    };
    const depends_on = hold === "before" ? ["terraform_data.held"] : [];
    const policies = this.policies.map((name) => [name, { name: `tasks-dev-${name}`, policy, depends_on }]);
    const stack = {
      "//": { metadata: about.metadata },
      terraform,
      provider: { aws: [{ ...aws, default_tags: [{ tags: { Round: round } }] }] },
      resource: { aws_iam_policy: Object.fromEntries(policies) as unknown, terraform_data: { held } },
    };
    writeFileSync(this.file, JSON.stringify(stack));
  }

  get isHolding(): boolean {
    return existsSync(this.signal.holding);
  }

  /** Applies it as our scripts do. */
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

  /** Whether a plan would change nothing. */
  async isUpToDate(): Promise<boolean> {
    const plan = await this.terraform("plan", "-input=false", "-detailed-exitcode");
    if (plan.exitCode !== 0 && plan.exitCode !== 2) expectSuccess(plan);
    return plan.exitCode === 0;
  }

  private get file(): string {
    return join(this.stackFolder, "cdk.tf.json");
  }
}
