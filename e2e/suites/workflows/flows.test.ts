import { GetQueueUrlCommand } from "@aws-sdk/client-sqs";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { GithubServer } from "../../../packages/github/src/testing/github-server";
import { cdktfIn, expectSuccess, scriptIn } from "../../support/command";
import { E2eEnvironment } from "../../support/e2e-environment";
import { Queue } from "../../support/queue";
import { workflowEnvironment } from "../../support/workflow-identity";
import { Runner } from "./workflow-runner";
import { devPrefix } from "../../support/names";

/** The steps of the workflows, run in order on an account that is empty at first. */
let e2e: E2eEnvironment;
let github: GithubServer;
let runner: Runner;
let isBootstrapped = false;

const inputs = { "inputs.environment": "dev" };
const pullRequest = 12;
const ofPullRequest = {
  "matrix.environment": "dev",
  "needs.environments.outputs.names": '["dev"]',
  "github.event.pull_request.number": String(pullRequest),
  "github.token": "token",
};
const ofSchedule = { "matrix.environment": "dev", "github.token": "token" };
const deployment = (job: string) => runner.job("deploy-environment.yml", job, inputs);
const comment = () => github.commentsOf(pullRequest).at(-1)?.body ?? "";

jest.setTimeout(900_000);
beforeAll(async () => {
  e2e = await E2eEnvironment.open("dev");
  e2e.changeRepository();
  const opened = await GithubServer.open();
  github = opened.github;
  runner = new Runner(
    e2e,
    {
      GITHUB_SHA: "0123456789012345678901234567890123456789",
      GITHUB_REPOSITORY: "example/serverless-tasks",
      GITHUB_API_URL: opened.address,
    },
    () => !isBootstrapped,
  );
});
afterAll(async () => {
  github.close();
  await e2e.dispose();
});

test("a pull request is planned before the environment is deployed, and its comment marks placeholders", async () => {
  await runner.job("plan.yml", "plan", ofPullRequest);
  await runner.job("plan.yml", "comment", ofPullRequest);
  expect(comment()).toMatch(/\| dev \| core \| [1-9]\d* \| 0 \| 0 \| 0 \|  \|/);
  expect(comment()).toMatch(/\| dev \| infra \| [1-9]\d* .* \*\*placeholders\*\*: core was never applied/);
  expect(comment()).toMatch(/\| dev \| app \| [1-9]\d* .* \*\*placeholders\*\*: core was never applied/);
  expect(comment()).toContain("decided checks that apply pass");
  // Warnings of Node are no findings.
  expect(comment()).not.toContain("Warning:");
});

test("an administrator applies core, which has the roles of the workflows", async () => {
  expectSuccess(await cdktfIn(e2e.repository, e2e.local.cloud.env, "deploy", "core-dev", "--auto-approve"));
  isBootstrapped = true;
});

test("the comment is updated, and marks only the layer whose placeholders are left", async () => {
  await runner.job("plan.yml", "plan", ofPullRequest);
  await runner.job("plan.yml", "comment", ofPullRequest);
  expect(github.commentsOf(pullRequest)).toHaveLength(1);
  expect(comment()).toContain("| dev | core | 0 | 0 | 0 | 0 |  |");
  expect(comment()).toMatch(/\| dev \| infra \| [1-9]\d* \| 0 \| 0 \| 0 \|  \|/);
  expect(comment()).toMatch(/\| dev \| app \| .* \*\*placeholders\*\*: infra was never applied/);
});

test("a plan of another commit is not applied, and neither is a plan file that was changed", async () => {
  await deployment("plan");
  const env = { ...(await workflowEnvironment(e2e.local.cloud, "deploy")), GITHUB_SHA: "0".repeat(40) };
  const apply = () => scriptIn(e2e.repository, env, "apply", "dev", "--aws", "--yes");
  expect((await apply()).stderr).toContain("The plan is for the commit 0123456789");
  appendFileSync(join(e2e.repository, "plans", "dev", "stacks", "infra-dev", "plan"), "more");
  expect((await apply()).stderr).toContain("stacks/infra-dev/plan has changed since it was planned");
});

test("the reviewed plan is applied, and the layers that depend on it are planned and applied after it", async () => {
  await deployment("plan");
  expect(await deployment("apply")).toMatchObject({ again: "true" });
  await deployment("plan-again");
  expect(await deployment("apply-again")).toMatchObject({ again: "false" });
});

test("after the deployment, a plan has no changes", async () => {
  await runner.job("plan.yml", "plan", ofPullRequest);
  await runner.job("plan.yml", "comment", ofPullRequest);
  for (const layer of ["core", "infra", "app"])
    expect(comment()).toContain(`| dev | ${layer} | 0 | 0 | 0 | 0 |  |`);
});

test("drift opens one issue, which is closed when the resource is restored", async () => {
  const drift = () => runner.job("drift.yml", "drift", ofSchedule);
  await drift();
  expect(github.issues).toEqual([]);
  const { QueueUrl = "" } = await e2e.account.sqs.send(
    new GetQueueUrlCommand({ QueueName: `${devPrefix}-tasks` }),
  );
  await new Queue(e2e.account.sqs, QueueUrl).withVisibilityTimeout(7, async () => {
    await drift();
    await drift();
  });
  expect(github.issues).toHaveLength(1);
  expect(github.issues[0]).toMatchObject({ title: "dev has drifted", state: "open" });
  expect(github.issues[0]?.body).toMatch(/`aws_sqs_queue\.task-queue_tasks_\w+`/);
  await drift();
  expect(github.issues[0]?.state).toBe("closed");
});

test("the environment is destroyed only with its name as confirmation", async () => {
  const destroy = (confirmation: string) =>
    runner.job("destroy.yml", "destroy", { ...inputs, "inputs.confirmation": confirmation });
  await expect(destroy("prod")).rejects.toThrow(
    'Expected --confirm dev, found "prod". Nothing was destroyed.',
  );
  await destroy("dev");
  await runner.job("plan.yml", "plan", ofPullRequest);
  await runner.job("plan.yml", "comment", ofPullRequest);
  expect(comment()).toContain("| dev | core | 0 | 0 | 0 | 0 |  |");
  expect(comment()).toMatch(/\| dev \| infra \| [1-9]\d* \| 0 \| 0 \| 0 \|  \|/);
});
