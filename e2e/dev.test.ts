import { PutRuleCommand } from "@aws-sdk/client-eventbridge";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { DynamoTaskRepository } from "@serverless-tasks/functions/shared/dynamo-task-repository";
import { newTask } from "@serverless-tasks/functions/shared/task";
import { newTaskId, scheduledTaskId } from "@serverless-tasks/functions/shared/task-id";
import { join } from "node:path";
import { layers } from "../deploy/shared/environments";
import { root } from "../scripts/build/paths";
import { runningPid } from "../scripts/local/emulator";
import { HotUpdater } from "../scripts/local/hot-update";
import { accountClients, resourcesIn, type AccountClients } from "./support/account";
import { ApiClient } from "./support/api-client";
import { cdktf, expectSuccess, script } from "./support/command";
import { builtHash, liveFunctions, programsBelow } from "./support/deployed-functions";
import { eventually } from "./support/eventually";
import { foreignAccount } from "./support/foreign-account";
import { hostileEnvironment } from "./support/hostile-environment";
import { layerOutputs } from "./support/outputs";
import { plannedChanges } from "./support/plan";
import { Queue } from "./support/queue";
import { withoutStatement } from "./support/roles";
import { RunningScript } from "./support/running-script";
import { testCloud, type TestCloud } from "./support/test-cloud";

/** One deployed environment, walked from the first `cdktf deploy` to nothing left: the tests build on each other. */
const environment = "dev";
let local: TestCloud;
let account: AccountClients;
let api: ApiClient;
let tasks: Queue;
let deadLetters: Queue;

jest.setTimeout(400_000);
beforeAll(async () => {
  local = await testCloud(environment);
  account = accountClients(local.cloud.target);
});
afterAll(() => local.dispose());

test.each(layers)("cdktf deploy %s-dev works as typed", async (layer) => {
  // As a person would have it: no ENVIRONMENT chosen, no flag for missing stacks.
  const env = { ...local.cloud.env, ENVIRONMENT: undefined };
  expectSuccess(await cdktf(env, "deploy", `${layer}-dev`, "--auto-approve"));
});

test("the functions are the built zips, each under a role of its own, with the shared layer", async () => {
  const infra = await layerOutputs(local.cloud, local.home, "infra");
  api = new ApiClient(infra("api_endpoint"), local.cloud.target.endpoint);
  tasks = new Queue(account.sqs, infra("task_queue_url"));
  deadLetters = new Queue(account.sqs, infra("task_dead_letter_queue_url"));
  for (const { name, CodeSha256, role, layers } of await liveFunctions(account.lambda, environment)) {
    expect({ CodeSha256, role, layers }).toEqual({
      CodeSha256: builtHash(name),
      role: `tasks-dev-${name}`,
      layers: ["tasks-dev-dependencies"],
    });
  }
});

test("a task is accepted, run by the worker, and its result is there to read", async () => {
  const response = await api.call("POST", "/tasks", { type: "echo", payload: { message: "hello" } });
  const accepted = (await response.json()) as { id: string };
  expect(response.status).toBe(202);
  expect(response.headers.get("location")).toBe(`/tasks/${accepted.id}`);
  expect(await api.until(accepted.id, "succeeded")).toMatchObject({
    attempts: 1,
    result: { message: "hello" },
  });
  expect((await api.list("?state=succeeded")).tasks).toContainEqual(
    expect.objectContaining({ id: accepted.id }),
  );
});

test("functions run on the Node that Lambda has", () => {
  const programs = programsBelow(local.cloud.emulator.pid);
  expect(programs.length).toBeGreaterThan(0);
  expect(new Set(programs)).toEqual(new Set([join(root, "node_modules", "node", "bin", "node")]));
});

test("a report counts what happened", async () => {
  const { id } = await api.create("report.summary", { hours: 1 });
  const { result } = await api.until(id, "succeeded");
  expect(result).toMatchObject({
    byState: { succeeded: 1, running: 1 },
    byType: { echo: 1, "report.summary": 1 },
  });
});

test.each([
  ["GET", "/nothing", undefined, 404],
  ["GET", "/tasks/01ARZ3NDEKTSV4RRFFQ69G5FAV", undefined, 404],
  ["PUT", "/tasks", undefined, 405],
  ["POST", "/tasks", { type: "echo", payload: {} }, 422],
])("%s %s is refused with a problem document", async (method, path, body, status) => {
  const response = await api.call(method, path, body);
  expect(response.status).toBe(status);
  expect(response.headers.get("content-type")).toContain("application/problem+json");
  expect(await response.json()).toMatchObject({ status, instance: response.headers.get("x-request-id") });
});

test("a poison message and a hopeless task end as dead letters, their neighbours undisturbed", async () => {
  const poison = "{ this is no message";
  const [hopeless, flaky, neighbour] = await tasks.withoutWaiting(async () => {
    await tasks.send(poison);
    const created = await Promise.all([
      api.create("dependency.call", { failures: 100 }),
      api.create("dependency.call", { failures: 2 }),
      api.create("echo", { message: "neighbour" }),
    ]);
    await eventually("two dead letters", 90, async () =>
      (await deadLetters.size()) === 2 ? true : undefined,
    );
    return created;
  });
  expect(await api.until(hopeless.id, "failed")).toMatchObject({
    attempts: 5,
    error: "The dependency did not answer (attempt 5, down for 100)",
  });
  expect(await api.until(flaky.id, "succeeded")).toMatchObject({
    attempts: 3,
    result: { answeredAtAttempt: 3 },
  });
  expect(await api.until(neighbour.id, "succeeded")).toMatchObject({ attempts: 1 });
  const letters = await deadLetters.peek();
  expect(letters).toContain(poison);
  expect(letters).toContainEqual(expect.stringContaining(hopeless.id));
});

test("what was accepted and never sent is sent by the sweep", async () => {
  const table = (await layerOutputs(local.cloud, local.home, "infra"))("table_name");
  const { infra } = local.cloud.config;
  const repository = new DynamoTaskRepository(
    DynamoDBDocumentClient.from(account.dynamodb),
    table,
    infra.table.shards,
  );
  const earlier = new Date(Date.now() - 120_000);
  const orphan = newTask(newTaskId(earlier), "echo", { message: "forgotten" }, earlier);
  await repository.accept(orphan, "test");
  expect(await api.until(orphan.id, "succeeded", 90)).toMatchObject({ result: { message: "forgotten" } });
});

test("a schedule fires, and a slot is one task however often it fires", async () => {
  const rule = { Name: "tasks-dev-daily-report", State: "ENABLED" } as const;
  await account.events.send(new PutRuleCommand({ ...rule, ScheduleExpression: "rate(1 minute)" }));
  const fired = await eventually("the schedule's task", 100, async () => {
    const { tasks } = await api.list("?type=report.summary");
    return tasks.find(({ payload }) => payload.hours === 24);
  });
  await account.events.send(new PutRuleCommand({ ...rule, ScheduleExpression: "cron(0 6 * * ? *)" }));
  expect(await api.until(fired.id, "succeeded")).toMatchObject({ attempts: 1 });

  const time = "2026-01-01T06:00:00Z";
  const event = {
    kind: "schedule",
    schedule: "daily-report",
    time,
    type: "report.summary",
    payload: { hours: 24 },
  };
  const fire = () =>
    account.lambda.send(
      new InvokeCommand({
        FunctionName: "tasks-dev-producer",
        Qualifier: "live",
        Payload: JSON.stringify(event),
      }),
    );
  for (const { FunctionError } of await Promise.all([fire(), fire(), fire()]))
    expect(FunctionError).toBeUndefined();
  expect(await api.until(scheduledTaskId("daily-report", new Date(time)), "succeeded")).toMatchObject({
    attempts: 1,
  });
});

test("permissions are enforced: without its grant the API cannot send, says so and tells nothing else", async () => {
  await withoutStatement(account.iam, "tasks-dev-api", "TaskTable", async () => {
    const response = await api.call("POST", "/tasks", { type: "echo", payload: { message: "denied" } });
    expect(response.status).toBe(503);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await response.text()).not.toMatch(/arn:|tasks-dev|AccessDenied|dynamodb/i);
  });
  await api.create("echo", { message: "allowed again" });
});

test("a second plan of every layer is empty", async () => {
  expect(await plannedChanges(local.cloud, local.home)).toEqual([]);
});

test("npm start goes on from what is there, touches nothing else whatever credentials lie around, and ends on Ctrl-C", async () => {
  const before = await api.list();
  await local.stop();
  const hostile = await hostileEnvironment();
  const home = { LOCAL_CLOUD_HOME: local.home.folder, LOCAL_CLOUD_PORT: String(local.port) };
  const start = new RunningScript({ ...hostile.variables, ...home }, "local/start.ts");
  try {
    await start.prints(
      /✓ deploy .*\n.*the worker's result after \d+ ms\n✓ answer .*\n\nReady in .* s: http:\/\/\w+\.execute-api\.localhost:/,
      120,
    );
    await start.prints(/logs follow/, 10);
    expect((await api.list()).tasks).toEqual(expect.arrayContaining(before.tasks));
    const { id } = await api.create("echo", { message: "seen in the logs" });
    await start.prints(new RegExp(`tasks-dev-worker .*"taskId":"${id}"`), 20);
  } finally {
    expect(await start.interrupt()).toContain("Stopped. Everything is kept for the next start.");
    await hostile.dispose();
  }
  expect(hostile.caught).toEqual([]);
  expect(runningPid(local.home)).toBeUndefined();
  await local.open();
});

test("a function is updated in place within a second", async () => {
  const functions = [{ name: "api", deployedAs: "tasks-dev-api" }] as const;
  const hot = "exports.handler = async () => ({ statusCode: 200, body: 'hot' });";
  const updater = new HotUpdater(local.cloud.target, () =>
    Promise.resolve({ code: Buffer.from(hot), imports: [] }),
  );
  const started = performance.now();
  expect(await updater.update(functions)).toEqual(["api"]);
  expect(await (await api.call("GET", "/health")).text()).toBe("hot");
  expect(performance.now() - started).toBeLessThan(1_000);
  expect(await updater.update(functions)).toEqual([]);
});

test("another account is refused before anything is planned", async () => {
  const { id } = await foreignAccount(local.cloud.config, local.cloud.target);
  const env = { ...local.cloud.env, AWS_ACCESS_KEY_ID: id, CDKTF_OUTPUT: join(local.home.folder, "foreign") };
  const bootstrap = await script(env, "bootstrap.ts", environment);
  expect(bootstrap.exitCode).toBe(1);
  expect(bootstrap.stderr).toContain(`These credentials belong to account ${id}`);
  expect(bootstrap.stderr).toContain(
    "111111111111, which deploy/10_core/environments/dev/terraform.tfvars allows",
  );
  const deploy = await cdktf(env, "deploy", "core-dev", "--auto-approve");
  expect(deploy.exitCode).toBe(1);
  expect(deploy.stdout + deploy.stderr).toContain(`AWS account ID not allowed: ${id}`);
});

test("npm run destroy leaves nothing behind", async () => {
  expect(await resourcesIn(account)).not.toEqual([]);
  await local.stop();
  const home = { ...process.env, LOCAL_CLOUD_HOME: local.home.folder };
  expectSuccess(await script(home, "destroy.ts", environment, "--port", String(local.port)));
  await local.open();
  expect(await resourcesIn(account)).toEqual([]);
});
