import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import * as z from "zod";
import { environmentNames } from "../../deploy/config/environments";
import { root } from "../build/paths";
import { run } from "../../packages/local-cloud/src/command";
import { suiteNames, suites } from "./suites";
import { workflowFiles } from "../../packages/scanners/src/workflow-files";

const step = z.looseObject({
  id: z.string().optional(),
  run: z.string().optional(),
  uses: z.string().default(""),
  with: z.record(z.string(), z.unknown()).default({}),
});
const job = z.looseObject({
  if: z.string().default(""),
  needs: z.union([z.string(), z.array(z.string())]).default([]),
  strategy: z.unknown().optional(),
  steps: z.array(step).default([]),
});
const workflow = z.looseObject({ jobs: z.record(z.string(), job) });
const action = z.looseObject({ runs: z.looseObject({ steps: z.array(step) }) });

const read = (path: string): unknown => parse(readFileSync(join(root, ".github", path), "utf8"));
const jobsOf = (file: string) => workflow.parse(read(`workflows/${file}`)).jobs;
const allSteps = workflowFiles(join(root, ".github")).flatMap((file) =>
  Object.values(workflow.parse(read(file)).jobs).flatMap(({ steps }) => steps),
);

jest.setTimeout(60_000);
let folder: string;
beforeEach(() => {
  folder = mkdtempSync("/tmp/t-");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const shell = (script: string, env: NodeJS.ProcessEnv = {}) =>
  run("bash", ["-e", "-o", "pipefail", "-c", script], { PATH: process.env.PATH, ...env }, folder);

test("a pull request runs npm test, and each suite that is no part of it but the full campaign of faults", () => {
  const { verify, suite } = jobsOf("verify.yml");
  expect(verify?.steps.map(({ run: script }) => script)).toContain("npm test");
  const strategy = z.object({ matrix: z.object({ include: z.array(z.object({ suite: z.string() })) }) });
  const found = strategy.parse(suite?.strategy).matrix.include.map((each) => each.suite);
  const others = suiteNames.filter((name) => suites[name].inNpmTest === undefined);
  expect(found.sort()).toEqual(others.filter((name) => name !== "faults").sort());
});

test("artifacts are kept for 30 days, the approval timeout, and a second attempt overwrites them", () => {
  const uploads = allSteps.filter(({ uses }) => uses.includes("upload-artifact"));
  expect(uploads.length).toBeGreaterThan(0);
  for (const upload of uploads) expect(upload.with).toMatchObject({ "retention-days": 30, overwrite: true });
});

test("plans of deployments wait for a lock, those of pull requests do not", () => {
  const plans = (file: string) =>
    Object.values(jobsOf(file))
      .flatMap(({ steps }) => steps)
      .flatMap(({ run: script = "" }) => (script.includes("npm run cli -- plan ") ? [script] : []));
  const command = 'npm run cli -- plan "$ENVIRONMENT_NAME" --aws';
  expect(plans("deploy-environment.yml")).toEqual(Array(2).fill(`${command} --lock-timeout 10`));
  expect(plans("plan.yml")).toEqual([command]);
});

test("the destroy workflow takes a GitHub environment as its input", () => {
  const { on } = z.looseObject({ on: z.unknown() }).parse(read("workflows/destroy.yml"));
  expect(on).toMatchObject({
    workflow_dispatch: { inputs: { environment: { type: "environment", required: true } } },
  });
});

/** Runs the action that lists the environments to deploy. */
async function environments(deployed: string) {
  for (const name of ["dev", "stage", "prod"])
    mkdirSync(join(folder, "deploy", "10_core", "environments", name), { recursive: true });
  const output = join(folder, "output");
  writeFileSync(output, "");
  const [list] = action.parse(read("actions/environments/action.yml")).runs.steps;
  const { exitCode, stdout } = await shell(list?.run ?? "exit 9", {
    DEPLOYED: deployed,
    GITHUB_OUTPUT: output,
  });
  return { exitCode, stdout, output: readFileSync(output, "utf8").trim() };
}

test.each([
  ["", "names=[]", ["dev", "prod", "stage"]],
  ["dev", 'names=["dev"]', ["prod", "stage"]],
  ["prod  dev stage", 'names=["dev","prod","stage"]', []],
])(
  "an environment without a core layer is skipped with a notice: DEPLOYED_ENVIRONMENTS=%p",
  async (deployed, names, skipped) => {
    const { exitCode, stdout, output } = await environments(deployed);
    expect([exitCode, output]).toEqual([0, names]);
    const notices = [...stdout.matchAll(/^::notice title=(\w+) is skipped::/gm)].map(([, name]) => name);
    expect(notices).toEqual(skipped);
  },
);

test("an unknown environment in DEPLOYED_ENVIRONMENTS is an error", async () => {
  expect(await environments("dev prd")).toMatchObject({
    exitCode: 1,
    stdout: expect.stringMatching(/::error::.*prd/),
  });
});

test("jobs that log in skip undeployed environments, and a failed job is not treated as skipped", () => {
  for (const [file, name] of [
    ["plan.yml", "plan"],
    ["drift.yml", "drift"],
  ] as const) {
    const found = jobsOf(file)[name];
    expect(found?.if).toContain("needs.environments.outputs.names != '[]'");
    expect(found?.strategy).toEqual({
      "fail-fast": false,
      matrix: { environment: "${{ fromJSON(needs.environments.outputs.names) }}" },
    });
  }
  const jobs = Object.entries(jobsOf("deploy.yml")).filter(([name]) => name !== "environments");
  expect(jobs).not.toEqual([]);
  for (const [name, job] of jobs) {
    expect(environmentNames()).toContain(name);
    expect(job.if).toContain(`contains(fromJSON(needs.environments.outputs.names), '${name}')`);
    if (job.needs !== "environments") expect(job.if).toContain("!failure() && !cancelled()");
  }
  // A failed log-in must fail the job.
  expect(JSON.stringify([allSteps, read("actions/log-in/action.yml")])).not.toContain("continue-on-error");
});

test("the comment step works with some plans and with none", async () => {
  const move = jobsOf("plan.yml").comment?.steps.find(({ run: script }) =>
    script?.includes("artifacts"),
  )?.run;
  expect(await shell(move ?? "exit 9")).toMatchObject({ exitCode: 0 });
  expect(readdirSync(join(folder, "plans"))).toEqual([]);
  mkdirSync(join(folder, "artifacts", "plan-dev"));
  expect(await shell(move ?? "exit 9")).toMatchObject({ exitCode: 0 });
  expect(readdirSync(join(folder, "plans"))).toEqual(["dev"]);
});
