import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { taskTypes } from "@serverless-tasks/functions/worker/handlers";
import * as fc from "fast-check";
import type { EnvironmentConfig } from "../../../deploy/config/environment-config";
import { exampleEnvironment, forEachEnvironment } from "../../../deploy/testing/environments";
import { acceptedBytes, batchBytes, sweepBytes } from "./metric-bytes";
import { monthlyCost, totalOf, type Line } from "./model";
import { alarmMetrics } from "./resources";
import { priced, pricesOf, type Priced } from "../../../packages/aws-prices/src/prices";
import resourceCosts from "./resource-costs.json";
import { readScenarios, type Scenario } from "./scenario";
import { metricsOfAlarms } from "./testing/alarm-metrics";

const none = { functions: [], consumers: [], tables: 0, buckets: 0 };
const { prices } = pricesOf("eu-central-1");
/** A million tasks that no client reads, one per batch. */
const million: Scenario = {
  tasks: 1_000_000,
  readsOfATask: 0,
  tasksOfABatch: 1,
  failedAttempts: 0,
  taskKilobytes: 1,
  monthsKept: 0,
  apiMilliseconds: 20,
  batchMilliseconds: 100,
  producerMilliseconds: 0,
  coldStarts: 0,
  coldStartMilliseconds: 0,
  logBytesOfARequest: 1_000,
  logBytesOfAnAttempt: 0,
  logBytesOfAnInvocation: 0,
};

let prod: EnvironmentConfig;
beforeAll(async () => {
  prod = await exampleEnvironment("prod");
});

/** prod without schedules and optional parts. */
const atRest = (): EnvironmentConfig => ({
  ...prod,
  infra: {
    ...{ ...prod.infra, domain: undefined, edge: undefined, network: undefined },
    ...{ schedules: {}, outbox: { sweep_interval_minutes: 60 } },
  },
});
const of = (lines: readonly Line[], price: Priced) => totalOf(lines.filter((line) => line.price === price));

test("the cost of a million tasks, computed by hand", () => {
  const lines = monthlyCost(atRest(), million, prices, none);
  const sweeps = 730;
  expect(of(lines, "apiRequests")).toBeCloseTo(1.2);
  expect(of(lines, "lambdaRequests")).toBeCloseTo((2 + sweeps / 1e6) * 0.2);
  // prod's functions have 1 GB: 20 ms and 100 ms a task.
  expect(of(lines, "lambdaGigabyteSeconds")).toBeCloseTo(1_000_000 * 0.12 * 0.0000133334);
  // Sent, received and deleted; five pollers with a request every 20 s.
  expect(of(lines, "queueRequests")).toBeCloseTo((3 + 0.657) * 0.4);
  expect(of(lines, "tableWrites")).toBeCloseTo(12 * 0.7625);
  // A thousand bytes and the metrics of each task; those of sweeps are less than a cent.
  const gigabytes = 1 + (acceptedBytes + batchBytes(1)) / 1_000;
  expect(of(lines, "logIngestion")).toBeCloseTo(gigabytes * 0.63);
  // Kept for a year, at 15 % of its size.
  expect(of(lines, "logStorage")).toBeCloseTo(gigabytes * 12 * 0.15 * 0.0324);
  // One for data, one for alarms.
  expect(of(lines, "keys")).toBe(2);
  // 44 metrics: API 5, queues 4, table 15, rule 2, functions 16, outbox and heartbeat 2.
  expect(of(lines, "alarmMetrics")).toBeCloseTo(4.4);
  expect(of(lines, "dashboards")).toBe(3);
});

test("the metrics of a task are hundreds of bytes, and a batch has one line", () => {
  for (const bytes of [acceptedBytes, batchBytes(1), sweepBytes]) {
    expect(bytes).toBeGreaterThan(200);
    expect(bytes).toBeLessThan(600);
  }
  expect(batchBytes(10)).toBeLessThan(batchBytes(1) + 200);
  expect(batchBytes(0)).toBeLessThan(batchBytes(1));
});

test("the cost depends on the settings in tfvars", () => {
  const cost = (config: EnvironmentConfig, price: Priced) =>
    of(monthlyCost(config, { ...million, monthsKept: 1 }, prices, none), price);
  const changed = (change: (config: EnvironmentConfig) => EnvironmentConfig, price: Priced) =>
    cost(change(atRest()), price) / cost(atRest(), price);
  const withApp = (app: Partial<EnvironmentConfig["app"]>) => (config: EnvironmentConfig) => ({
    ...config,
    app: { ...config.app, ...app },
  });
  expect(
    changed(withApp({ worker: { ...prod.app.worker, memory_mb: 2048 } }), "lambdaGigabyteSeconds"),
  ).toBeCloseTo(22 / 12);
  expect(
    changed((config) => ({ ...config, core: { ...config.core, log_retention_days: 1 } }), "logStorage"),
  ).toBeCloseTo(1 / 365);
  const noRecovery = { ...prod.infra.table, point_in_time_recovery: false };
  expect(
    changed((config) => ({ ...config, infra: { ...config.infra, table: noRecovery } }), "tableRecovery"),
  ).toBe(0);
  const noKey = { ...prod.core.encryption, customer_managed_key: false };
  expect(changed((config) => ({ ...config, core: { ...config.core, encryption: noKey } }), "keys")).toBe(0);
});

test("more work never costs less", () => {
  const work = {
    tasks: fc.integer({ min: 0, max: 1e9 }),
    readsOfATask: fc.nat(10),
    failedAttempts: fc.double({ min: 0, max: 2, noNaN: true }),
    monthsKept: fc.nat(60),
    apiMilliseconds: fc.nat(29_000),
    logBytesOfARequest: fc.nat(10_000),
  };
  const cost = (some: Partial<Scenario>) => totalOf(monthlyCost(prod, { ...million, ...some }, prices, none));
  const numbers = Object.keys(work) as (keyof typeof work)[];
  fc.assert(
    fc.property(fc.record(work), fc.constantFrom(...numbers), (some, name) => {
      expect(cost({ ...some, [name]: some[name] + 1 })).toBeGreaterThanOrEqual(cost(some));
    }),
  );
});

test("the service's own metrics follow the registry of task types, and without tasks only sweeps have any", () => {
  const metrics = (tasks: number, config = atRest()) =>
    of(monthlyCost(config, { ...million, tasks }, prices, none), "customMetrics") / 0.3;
  expect(taskTypes.length).toBeGreaterThan(0);
  expect(metrics(730)).toBeCloseTo(4 + 6 * taskTypes.length);
  expect(metrics(73)).toBeCloseTo(3 + (1 + 6 * taskTypes.length) / 10);
  expect(metrics(0)).toBeCloseTo(3);
  const noTable = { ...prod, infra: { ...atRest().infra, table: { ...prod.infra.table, enabled: false } } };
  expect(metrics(730, noTable)).toBeCloseTo(6 * taskTypes.length);
});

test("without active tracing Lambda records no traces of its own", () => {
  const passThrough = { ...prod, app: { ...prod.app, tracing_mode: "PassThrough" as const } };
  expect(of(monthlyCost(prod, million, prices, none), "traces")).toBeGreaterThan(0);
  expect(of(monthlyCost(passThrough, million, prices, none), "traces")).toBe(0);
});

forEachEnvironment((environment) => {
  test("alarms are billed by the metrics that they evaluate", () => {
    const stacks = environment();
    expect(metricsOfAlarms(stacks)).toBe(stacks.config.core.alarms_enabled ? alarmMetrics(stacks.config) : 0);
  });
});

test("every other queue, table and bucket has its cost", () => {
  const lines = monthlyCost(atRest(), { ...million, monthsKept: 1 }, prices, {
    functions: [],
    consumers: [{ memory_mb: 512 }],
    tables: 1,
    buckets: 1,
  });
  expect(of(lines, "lambdaRequests")).toBeCloseTo((3 + 730 / 1e6) * 0.2);
  expect(of(lines, "lambdaGigabyteSeconds")).toBeCloseTo(1_000_000 * 0.17 * 0.0000133334);
  expect(of(lines, "queueRequests")).toBeCloseTo(2 * (3 + 0.657) * 0.4);
  expect(of(lines, "tableWrites")).toBeCloseTo(13 * 0.7625);
  expect(of(lines, "objectWrites")).toBeCloseTo(5.4);
  expect(of(lines, "objectStorage")).toBeCloseTo(1.024 * 0.0245);
});

test("every price applies to a resource type", () => {
  const used: readonly string[] = Object.values(resourceCosts).flat();
  expect(Object.keys(priced).filter((name) => !used.includes(name))).toEqual([]);
});

test("the cost of the network is that of its interface endpoints, by zone and hour", () => {
  const lines = monthlyCost(prod, million, prices, none);
  // kms, logs, secretsmanager, sqs and xray in two zones; DynamoDB's endpoint is free.
  expect(of(lines, "endpointHours")).toBeCloseTo(5 * 2 * 730 * 0.012);
  expect(of(lines, "endpointGigabytes")).toBeGreaterThan(0);
  const outside = { ...prod, app: { ...prod.app, in_network: false } };
  expect(of(monthlyCost(outside, million, prices, none), "endpointGigabytes")).toBe(0);
  expect(of(monthlyCost(atRest(), million, prices, none), "endpointHours")).toBe(0);
});

test("the cost of a cache is that of its least data, and of a unit for each request", () => {
  const cache = {
    ...{ rate_limit_per_minute: 60, rate_limit_burst: 10 },
    ...{ max_storage_gb: 1, max_ecpu_per_second: 5_000 },
  };
  const lines = monthlyCost({ ...prod, infra: { ...prod.infra, cache } }, million, prices, none);
  expect(of(lines, "cacheStorage")).toBeCloseTo(0.1 * 730 * 0.101);
  expect(of(lines, "cacheUnits")).toBeGreaterThan(0);
  expect(of(monthlyCost(prod, million, prices, none), "cacheStorage")).toBe(0);
});

test("the cost of PostgreSQL is that of its idle capacity, its data and its secret", () => {
  const infra = {
    ...prod.infra,
    table: { ...prod.infra.table, enabled: false },
    store: {
      ...{ kind: "postgres" as const, min_capacity: 0.5, max_capacity: 4, auto_pause_seconds: 300 },
      ...{ instances: 2, deletion_protection: true, backup_retention_days: 7 },
    },
  };
  const lines = monthlyCost({ ...prod, infra }, million, prices, none);
  expect(of(lines, "databaseCapacity")).toBeCloseTo(0.5 * 2 * 730 * 0.14);
  expect(of(lines, "databaseStorage")).toBeGreaterThan(0);
  expect(of(lines, "databaseRequests")).toBeGreaterThan(0);
  expect(of(lines, "tableWrites")).toBe(0);
  expect(of(monthlyCost(prod, million, prices, none), "databaseCapacity")).toBe(0);
});

test("a region without prices has those of another one, which is named", () => {
  expect(pricesOf("eu-central-1").region).toBe("eu-central-1");
  expect(pricesOf("mars-north-1").region).toBe("us-east-1");
});

describe("a file of scenarios", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "cost-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const reading = (text: string) => () => {
    const path = join(folder, "scenarios.json");
    writeFileSync(path, text);
    return readScenarios(path);
  };

  test("is read", () => {
    expect(reading(JSON.stringify({ mine: million }))()).toEqual({ mine: million });
  });

  test.each([
    ["invalid JSON", "{", /holds no scenarios:[\s\S]*next/],
    ["a missing number", JSON.stringify({ mine: { ...million, tasks: undefined } }), /mine\.tasks/],
    [
      "a number below its range",
      JSON.stringify({ mine: { ...million, readsOfATask: -1 } }),
      /mine\.readsOfATask/,
    ],
    ["an unknown name", JSON.stringify({ mine: { ...million, taks: 1 } }), /taks/],
  ])("with %s is refused", (_what, text, message) => {
    expect(reading(text)).toThrow(message);
  });
});
