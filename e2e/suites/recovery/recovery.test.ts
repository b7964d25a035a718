import { GetFunctionConcurrencyCommand } from "@aws-sdk/client-lambda";
import type { FailedOver } from "../../../packages/region-failover/src/failover";
import type { Applied } from "../../../scripts/pipeline/apply-plan";
import { labelOf, type LayerSummary } from "../../../scripts/pipeline/plan-folder";
import type { RegionStatus } from "../../../scripts/operations/recovery";
import type { RepositoryCopy } from "../../../scripts/testing/repository-copy";
import { accountClients, resourcesIn, type AccountClients } from "../../support/account";
import { ApiClient } from "../../support/api-client";
import { cdktfIn, expectSuccess, scriptIn } from "../../support/command";
import { E2eEnvironment } from "../../support/e2e-environment";
import { eventually } from "../../support/eventually";
import { workflowEnvironment, type WorkflowRole } from "../../support/workflow-identity";
import { devPrefix } from "../../support/names";
import { Queue } from "../../support/queue";
import { stackOutputs } from "../../support/outputs";
import { plannedStackChanges } from "../../support/plan";
import { endedOnce } from "./ended-once";
import { Load } from "./load";

jest.setTimeout(1_800_000);

const second = "eu-west-1";
const standbyStacks = ["core", "infra", "app"].map((layer) => `${layer}-dev-${second}`);
const allStacks = ["core-dev", "infra-dev", "app-dev", ...standbyStacks];

/** dev with a second region, on one emulator that has both and copies the table's items at once. */
let e2e: E2eEnvironment;
let copy: RepositoryCopy;
let first: string;
let queueUrl: string;
const apis = new Map<string, ApiClient>();
const clients = new Map<string, AccountClients>();
/** The tasks that an API has accepted. */
const accepted: string[] = [];

const cdktf = async (...parameters: string[]) => {
  expectSuccess(await cdktfIn(copy.folder, e2e.local.cloud.env, ...parameters, "--auto-approve"));
};

/** Runs a command against the emulator, as against an account, and returns what --json prints. */
async function command<T>(...commandLine: [string, ...string[]]): Promise<T> {
  const result = await scriptIn(copy.folder, e2e.local.cloud.env, ...commandLine, "--aws", "--json");
  expectSuccess(result);
  return JSON.parse(result.stdout) as T;
}

/** Runs a command as a workflow does, under one of its roles, and returns what --json prints. */
async function asWorkflow<T>(role: WorkflowRole, ...commandLine: [string, ...string[]]): Promise<T> {
  const env = await workflowEnvironment(e2e.local.cloud, role);
  const result = await scriptIn(copy.folder, env, ...commandLine, "--aws", "--json");
  expectSuccess(result);
  return JSON.parse(result.stdout) as T;
}

/** Layer, status and what blocks it, of each planned stack. */
const statusOfPlan = (layers: readonly LayerSummary[]) =>
  layers.map((summary) => [labelOf(summary), summary.status, summary.blockedBy ?? ""]);

function clientsOf(region: string): AccountClients {
  const found = clients.get(region) ?? accountClients({ ...e2e.local.cloud.target, region });
  clients.set(region, found);
  return found;
}

const api = (region: string) => {
  const found = apis.get(region);
  if (found === undefined) throw new Error(`Expected an API in ${region}`);
  return found;
};

const statusOf = async () => {
  const regions = await command<RegionStatus[]>("recovery", "status", "dev");
  return Object.fromEntries(regions.map(({ region, accepts, mappings }) => [region, { accepts, mappings }]));
};

/** What works when the region does, and what is off when it does not. */
const working = { accepts: true, mappings: expect.stringMatching(/^([1-9]\d*) of \1 on$/) as string };
const stopped = { accepts: false, mappings: expect.stringMatching(/^0 of /) as string };

/**
 * Whether Lambda would run a region's API. The emulator reads reserved concurrency only for invocations without an alias,
 * so that it accepts requests that AWS refuses.
 */
async function isThrottled(region: string): Promise<boolean> {
  const FunctionName = `${devPrefix}-api`;
  const limit = await clientsOf(region).lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }));
  return limit.ReservedConcurrentExecutions === 0;
}

const allEndedOnce = () => endedOnce([clientsOf(first), clientsOf(second)], accepted);

beforeAll(async () => {
  e2e = await E2eEnvironment.open("dev");
  copy = e2e.changeRepository();
  first = e2e.local.cloud.config.core.region;
});
afterAll(() => e2e.dispose());

const setRecovery = () => {
  copy.setSetting("core", "dev", "recovery", `{ region = "${second}" }`);
};

/** As docs/operations/recovery.md says. */
async function turnOn(): Promise<void> {
  setRecovery();
  await command("bootstrap", "dev", "--yes");
  await cdktf("deploy", "core-dev");
  await cdktf("deploy", `core-dev-${second}`);
  await cdktf("deploy", "infra-dev");
  await cdktf("deploy", ...standbyStacks);
  await cdktf("deploy", "app-dev");
}

test("both regions are planned before they exist", async () => {
  setRecovery();
  // Without it no layer needs the second region's key, which a placeholder replaces here.
  copy.setSetting("core", "dev", "encryption.customer_managed_key", "true");
  const planned = statusOfPlan(await command<LayerSummary[]>("plan", "dev"));
  copy.setSetting("core", "dev", "encryption.customer_managed_key", "false");
  const [core, standbyCore] = ["core", `core (${second})`];
  expect(planned).toEqual([
    [core, "final", ""],
    [standbyCore, "final", ""],
    ["infra", "placeholder", core],
    [`infra (${second})`, "placeholder", standbyCore],
    ["app", "placeholder", core],
    [`app (${second})`, "placeholder", standbyCore],
  ]);
});

test("both regions are deployed in the documented order, and nothing is left to change", async () => {
  await turnOn();
  expect(await plannedStackChanges(e2e.local.cloud, e2e.local.home, allStacks)).toEqual([]);

  for (const [region, stack] of [
    [first, "infra-dev"],
    [second, `infra-dev-${second}`],
  ] as const) {
    const output = await stackOutputs(e2e.local.cloud, e2e.local.home, stack);
    if (region === first) queueUrl = output("task_queue_url");
    apis.set(region, new ApiClient(output("api_endpoint"), e2e.local.cloud.target.endpoint));
  }
});

test("the second region is off until a failover: it accepts tasks, and runs none", async () => {
  expect(await statusOf()).toEqual({
    [first]: working,
    [second]: { ...working, mappings: stopped.mappings },
  });
});

test("the workflows' roles plan and apply a change of both regions", async () => {
  copy.setSetting("infra", "dev", "http_api.throttling_burst_limit", "101");
  const planned = await asWorkflow<LayerSummary[]>("plan", "plan", "dev", "--lock-timeout", "1");
  const changed = (summary: LayerSummary) =>
    summary.resources.map(({ address, actions }) => [labelOf(summary), address.split(".")[0], ...actions]);
  expect(planned.flatMap(changed)).toEqual([
    ["infra", "aws_apigatewayv2_stage", "update"],
    [`infra (${second})`, "aws_apigatewayv2_stage", "update"],
  ]);
  expect(await asWorkflow<Applied>("deploy", "apply", "dev", "--yes")).toEqual({
    applied: ["infra", `infra (${second})`],
    outdated: [],
  });
  const again = await asWorkflow<LayerSummary[]>("plan", "plan", "dev");
  expect(again.flatMap(({ resources, outputs }) => [...resources, ...outputs])).toEqual([]);
});

test("under load, a failover and the way back: every accepted task ends once", async () => {
  for (const [action, from, to] of [
    ["failover", first, second],
    ["failback", second, first],
  ] as const) {
    // The worker of the first region is down, so that what is accepted there waits for the other region.
    if (from === first) await command("pause", "dev", "the worker is down", "--yes");
    const load = new Load([from, to], { api, isThrottled, accepted });
    await eventually("tasks are accepted", 60, async () =>
      Promise.resolve((load.acceptedIn.get(from) ?? 0) >= 40 ? true : undefined),
    );
    const moved = await command<FailedOver>("recovery", action, "dev", "--yes", "--settle", "1");
    await load.end();
    console.log(`${action}: ${JSON.stringify({ ...moved, accepted: Object.fromEntries(load.acceptedIn) })}`);
    expect(moved).toMatchObject({ from, to, isFenced: true });
    if (from === first) expect(moved.takenOver).toBeGreaterThanOrEqual(40);
    expect(load.acceptedIn.get(to)).toBeGreaterThan(0);
    expect(await statusOf()).toEqual({ [from]: stopped, [to]: working });
    await allEndedOnce();
    // What a failover turns off and on is its own, and no drift.
    const drift = await asWorkflow<Record<string, string[]>>("plan", "drift", "dev");
    expect(Object.keys(drift)).toHaveLength(allStacks.length);
    expect(Object.values(drift).flat()).toEqual([]);
  }
});

test("a region that is lost returns: what its queue has kept runs nothing twice", async () => {
  // Nothing of the first region runs any more, and its queue keeps what was published.
  await command("pause", "dev", "the region is lost", "--yes");
  for (let count = 0; count < 20; count += 1)
    accepted.push((await api(first).create("echo", { message: "before the loss" })).id);
  const queue = new Queue(clientsOf(first).sqs, queueUrl);
  const kept = await eventually("the queue has kept messages", 30, async () => {
    const size = await queue.size();
    return size >= 20 ? size : undefined;
  });
  const lost = await command<FailedOver>("recovery", "failover", "dev", "--lost", "--yes", "--settle", "1");
  expect(lost).toMatchObject({ from: first, to: second, isFenced: false });
  expect(lost.takenOver).toBeGreaterThanOrEqual(20);
  await allEndedOnce();

  // The region is back, and its worker receives them.
  expect(await queue.size()).toBe(kept);
  await command("resume", "dev", "--yes");
  // A message that the poller had received before the pause is visible after the queue's timeout, six times the worker's.
  await eventually(
    "the queue is empty",
    7 * e2e.local.cloud.config.infra.task_queue.worker_timeout_seconds + 60,
    async () => ((await queue.size()) === 0 ? true : undefined),
  );
  await command<FailedOver>("recovery", "failover", "dev", "--yes", "--settle", "1");
  await command<FailedOver>("recovery", "failback", "dev", "--yes", "--settle", "1");
  await allEndedOnce();
});

test("the second region is removed, and the first works on", async () => {
  await cdktf("destroy", ...standbyStacks);
  copy.setSetting("core", "dev", "recovery", undefined);
  await cdktf("deploy", "infra-dev");
  await cdktf("deploy", "core-dev", "infra-dev", "app-dev");
  expect(
    await plannedStackChanges(e2e.local.cloud, e2e.local.home, ["core-dev", "infra-dev", "app-dev"]),
  ).toEqual([]);
  const task = await api(first).create("echo", { message: "one region" });
  await api(first).until(task.id, "succeeded", 60);
});

test("a running environment gets a second region, and one command destroys both", async () => {
  await turnOn();
  const kept = await asWorkflow<{ destroyed: string[] }>("deploy", "destroy", "dev", "--yes", "--keep-core");
  expect(kept.destroyed).toHaveLength(4);
  // The core layer has resources of IAM only, without a key and alarms.
  const ofCore = /^(roles|policies): \S+-(boundary|deploy|operator|plan|tracing)\b/;
  for (const region of [first, second])
    expect((await resourcesIn(clientsOf(region))).filter((name) => !ofCore.test(name))).toEqual([]);
  expectSuccess(await scriptIn(copy.folder, e2e.local.cloud.env, "destroy", "dev", "--aws", "--yes"));
  for (const region of [first, second]) expect(await resourcesIn(clientsOf(region))).toEqual([]);
});
