import { paginateScan } from "@aws-sdk/client-dynamodb";
import { GetFunctionConcurrencyCommand } from "@aws-sdk/client-lambda";
import { setTimeout as delay } from "node:timers/promises";
import type { FailedOver } from "../../../packages/region-failover/src/failover";
import type { RegionStatus } from "../../../scripts/operations/recovery";
import type { RepositoryCopy } from "../../../scripts/testing/repository-copy";
import { accountClients, resourcesIn, type AccountClients } from "../../support/account";
import { ApiClient } from "../../support/api-client";
import { cdktfIn, expectSuccess, scriptIn } from "../../support/command";
import { E2eEnvironment } from "../../support/e2e-environment";
import { eventually } from "../../support/eventually";
import { devPrefix } from "../../support/names";
import { Queue } from "../../support/queue";
import { stackOutputs } from "../../support/outputs";
import { plannedStackChanges } from "../../support/plan";

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

/** A client that moves to the other region when one does not accept its request, as one that follows the DNS name. */
class Load {
  private isRunning = true;
  private readonly running: Promise<void>;
  readonly acceptedIn = new Map<string, number>();

  constructor(private readonly regions: readonly string[]) {
    this.running = this.run();
  }

  async end(): Promise<void> {
    this.isRunning = false;
    await this.running;
  }

  private async run(): Promise<void> {
    while (this.isRunning) {
      await Promise.all(Array.from({ length: 4 }, () => this.create()));
      await delay(50);
    }
  }

  private async create(): Promise<void> {
    const body = { type: "echo", payload: { message: "during a failover" } };
    for (const region of this.regions) {
      if (await isThrottled(region)) continue;
      const response = await api(region).call("POST", "/tasks", body);
      if (response.status !== 202) continue;
      accepted.push(((await response.json()) as { id: string }).id);
      this.acceptedIn.set(region, (this.acceptedIn.get(region) ?? 0) + 1);
      return;
    }
  }
}

/** The items of all tasks, as a region has them. */
async function itemsIn(region: string) {
  const { dynamodb: client } = clientsOf(region);
  const items = new Map<string, { readonly state: string; readonly effects: number }>();
  for await (const { Items = [] } of paginateScan({ client }, { TableName: `${devPrefix}-tasks` }))
    for (const { id, state, effects } of Items)
      if (id?.S !== undefined && state?.S !== undefined)
        items.set(id.S, { state: state.S, effects: Number(effects?.N ?? 0) });
  return items;
}

/** Each accepted task has ended, with one effect, in both regions' copies. */
async function allEndedOnce(): Promise<void> {
  await eventually("all accepted tasks have ended", 240, async () => {
    const items = await itemsIn(first);
    return accepted.every((id) => items.get(id)?.state === "succeeded") ? true : undefined;
  });
  for (const region of [first, second]) {
    const items = await itemsIn(region);
    expect(accepted.filter((id) => items.get(id)?.state !== "succeeded")).toEqual([]);
    expect(accepted.filter((id) => items.get(id)?.effects !== 1)).toEqual([]);
  }
}

beforeAll(async () => {
  e2e = await E2eEnvironment.open("dev");
  copy = e2e.changeRepository();
  first = e2e.local.cloud.config.core.region;
});
afterAll(() => e2e.dispose());

/** As docs/operations/recovery.md says. */
async function turnOn(): Promise<void> {
  copy.setSetting("core", "dev", "recovery", `{ region = "${second}" }`);
  await command("bootstrap", "dev", "--yes");
  await cdktf("deploy", "core-dev");
  await cdktf("deploy", `core-dev-${second}`);
  await cdktf("deploy", "infra-dev");
  await cdktf("deploy", ...standbyStacks);
  await cdktf("deploy", "app-dev");
}

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

test("under load, a failover and the way back: every accepted task ends once", async () => {
  for (const [action, from, to] of [
    ["failover", first, second],
    ["failback", second, first],
  ] as const) {
    // The worker of the first region is down, so that what is accepted there waits for the other region.
    if (from === first) await command("pause", "dev", "the worker is down", "--yes");
    const load = new Load([from, to]);
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
  expectSuccess(await scriptIn(copy.folder, e2e.local.cloud.env, "destroy", "dev", "--aws", "--yes"));
  for (const region of [first, second]) expect(await resourcesIn(clientsOf(region))).toEqual([]);
});
