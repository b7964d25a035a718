import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import * as z from "zod";
import { root } from "../../../scripts/build/paths";
import { run } from "../../../packages/local-cloud/src/command";
import { expectSuccess } from "../../support/command";
import { credentialVariables } from "../../support/credentials";
import { assumeWorkflowRole } from "../../support/workflow-identity";
import type { E2eEnvironment } from "../../support/e2e-environment";

const variables = z.record(z.string(), z.string());
const step = z.object({
  id: z.string().optional(),
  run: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.coerce.string()).default({}),
  env: variables.default({}),
});
const workflow = z.object({
  jobs: z.record(z.string(), z.object({ env: variables.default({}), steps: z.array(step) })),
});
type Step = z.output<typeof step>;

/** Values of a workflow's expressions: `matrix.environment`, `github.event.pull_request.number`, … */
export type Expressions = Readonly<Record<string, string>>;

/**
 * Runs jobs of GitHub's workflows locally: the `run` steps of the workflow files unchanged, and the effects of the actions
 * on which later steps depend.
 */
export class Runner {
  private readonly artifacts: string;

  constructor(
    private readonly e2e: E2eEnvironment,
    /** Environment variables of every job. */
    private readonly env: NodeJS.ProcessEnv,
    /** Whether jobs run with the account's credentials, because its roles do not exist yet. */
    private readonly isAdministrator: () => boolean = () => false,
  ) {
    this.artifacts = join(e2e.local.home.folder, "artifacts");
  }

  /**
   * Runs a job of a workflow.
   * @returns the outputs of its steps, by name
   * @throws {Error} with the output of a step that failed
   */
  async job(file: string, job: string, expressions: Expressions): Promise<Readonly<Record<string, string>>> {
    const yaml = readFileSync(join(root, ".github", "workflows", file), "utf8");
    const found = workflow.parse(parse(yaml)).jobs[job];
    if (found === undefined) throw new Error(`Expected a job ${job} in ${file}, found none`);
    // A job starts without files of earlier jobs.
    for (const name of ["plans", "artifacts"])
      rmSync(join(this.folder, name), { recursive: true, force: true });
    const output = join(this.e2e.local.home.folder, "github-output");
    writeFileSync(output, "");
    let env: NodeJS.ProcessEnv = {
      ...this.e2e.local.cloud.env,
      ENVIRONMENT: undefined,
      CDKTF_OUTPUT: undefined,
      ...this.env,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: join(this.e2e.local.home.folder, "summary.md"),
      ...evaluated(found.env, expressions),
    };
    for (const each of found.steps) {
      const inputs = evaluated(each.with, expressions);
      if (each.run !== undefined) await this.shell(each, { ...env, ...evaluated(each.env, expressions) });
      else if (each.uses?.endsWith("/log-in") === true) env = { ...env, ...(await this.logIn(inputs)) };
      else if (each.uses?.includes("upload-artifact") === true) this.upload(inputs);
      else if (each.uses?.includes("download-artifact") === true) this.download(inputs);
    }
    return Object.fromEntries(
      readFileSync(output, "utf8")
        .split("\n")
        .flatMap((line) => (line.includes("=") ? [line.split(/=(.*)/).slice(0, 2) as [string, string]] : [])),
    );
  }

  private get folder(): string {
    return this.e2e.repository;
  }

  private async shell({ run: script = "" }: Step, env: NodeJS.ProcessEnv): Promise<void> {
    expectSuccess(await run("bash", ["-e", "-o", "pipefail", "-c", script], env, this.folder));
  }

  /** Assumes a role with the token of a job, as the action does. */
  private async logIn({ role }: Expressions): Promise<NodeJS.ProcessEnv> {
    if (this.isAdministrator()) return {};
    const assumedRole = role === "deploy" ? "deploy" : "plan";
    return credentialVariables(await assumeWorkflowRole(this.e2e.local.cloud, assumedRole));
  }

  private upload({ name = "", path = "" }: Expressions): void {
    const [included = "", excluded] = path.trim().split("\n");
    const target = join(this.artifacts, name);
    rmSync(target, { recursive: true, force: true });
    mkdirSync(target, { recursive: true });
    const source = join(this.folder, included);
    if (source.endsWith(".json")) cpSync(source, join(target, "manifest.json"));
    else
      cpSync(source, target, {
        recursive: true,
        filter: (file) => excluded === undefined || !/\/\.terraform(\/|$)/.test(file),
      });
  }

  private download({ name, path = "" }: Expressions): void {
    // Without a name, all artifacts are downloaded, each into its own folder.
    const source = name === undefined ? this.artifacts : join(this.artifacts, name);
    cpSync(source, join(this.folder, path), { recursive: true });
  }
}

/** `${{ matrix.environment }}` → `dev` */
const evaluated = (values: Expressions, expressions: Expressions): Expressions =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value.replaceAll(/\$\{\{ ([\w.]+) \}\}/g, (_all, expression: string) => {
        const known = expressions[expression];
        if (known === undefined)
          throw new Error(`Expected a value for the expression ${expression}, found none`);
        return known;
      }),
    ]),
  );
