import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import * as z from "zod";
import { root } from "../../../scripts/build/paths";
import { run } from "../../../packages/local-cloud/src/command";
import { expectSuccess } from "../../support/command";
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

/** What stands in a workflow's expressions: `matrix.environment`, `github.event.pull_request.number`, … */
export type Expressions = Readonly<Record<string, string>>;

/**
 * A runner of GitHub's workflows on this machine: it does the `run` steps of the workflow files as they are, and what
 * the actions do that they use, as far as it changes what follows.
 */
export class Runner {
  private readonly artifacts: string;

  constructor(
    private readonly e2e: E2eEnvironment,
    /** Of every job. */
    private readonly env: NodeJS.ProcessEnv,
    /** Of the account itself, where no role is there yet. */
    private readonly isAdministrator: () => boolean = () => false,
  ) {
    this.artifacts = join(e2e.local.home.folder, "artifacts");
  }

  /**
   * Does a job of a workflow.
   * @returns what its steps gave out, by name
   * @throws {Error} with the words of a step that failed
   */
  async job(file: string, job: string, expressions: Expressions): Promise<Readonly<Record<string, string>>> {
    const text = readFileSync(join(root, ".github", "workflows", file), "utf8");
    const found = workflow.parse(parse(text)).jobs[job];
    if (found === undefined) throw new Error(`${file} has no job ${job}`);
    // A new machine: nothing of an earlier job is there.
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
      ...filled(found.env, expressions),
    };
    for (const each of found.steps) {
      const inputs = filled(each.with, expressions);
      if (each.run !== undefined) await this.shell(each, { ...env, ...filled(each.env, expressions) });
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

  /** As the action does it, with the token that GitHub gives a job. */
  private async logIn({ role }: Expressions): Promise<NodeJS.ProcessEnv> {
    if (this.isAdministrator()) return {};
    const { accessKeyId, secretAccessKey, sessionToken } = await assumeWorkflowRole(
      this.e2e.local.cloud,
      role === "deploy" ? "deploy" : "plan",
    );
    return {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    };
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
    // Without a name it is every artifact, each in a folder of its own.
    const source = name === undefined ? this.artifacts : join(this.artifacts, name);
    cpSync(source, join(this.folder, path), { recursive: true });
  }
}

/** `${{ matrix.environment }}` → `dev` */
const filled = (values: Expressions, expressions: Expressions): Expressions =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      value.replaceAll(/\$\{\{ ([\w.]+) \}\}/g, (_all, expression: string) => {
        const known = expressions[expression];
        if (known === undefined) throw new Error(`Nobody says what ${expression} is`);
        return known;
      }),
    ]),
  );
