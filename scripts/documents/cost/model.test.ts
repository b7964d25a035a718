import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { layers } from "../../../deploy/shared/layers";
import type { EnvironmentConfig } from "../../../deploy/config/environment-config";
import { forEachEnvironment, synthesizedForAws } from "../../../deploy/testing/environments";
import { monthlyCost, totalOf, type Line } from "./model";
import { priced, pricesOf, type Priced } from "./prices";
import { readScenarios, type Scenario } from "./scenario";

/** The prices that apply to each resource type of the stacks, or why it costs nothing. */
const resourceCosts: Readonly<Record<string, readonly Priced[] | string>> = {
  aws_apigatewayv2_api: ["apiRequests"],
  aws_apigatewayv2_authorizer: "part of the API",
  aws_apigatewayv2_integration: "part of the API",
  aws_apigatewayv2_route: "part of the API",
  aws_apigatewayv2_stage: "part of the API",
  aws_cloudwatch_event_rule: "rules on the default bus that fire by the clock are free",
  aws_cloudwatch_event_target: "part of the rule",
  aws_cloudwatch_log_group: ["logIngestion", "logStorage"],
  aws_dynamodb_table: ["tableWrites", "tableReads", "tableStorage", "tableRecovery"],
  aws_iam_openid_connect_provider: "IAM is free",
  aws_iam_policy: "IAM is free",
  aws_iam_role: "IAM is free",
  aws_iam_role_policy: "IAM is free",
  aws_iam_role_policy_attachment: "IAM is free",
  aws_kms_alias: "part of the key",
  aws_kms_key: ["keys", "keyRequests"],
  aws_lambda_alias: "part of the function",
  aws_lambda_event_source_mapping: ["queueRequests"],
  aws_lambda_function: ["lambdaRequests", "lambdaGigabyteSeconds", "traces"],
  aws_lambda_function_event_invoke_config: "part of the function",
  aws_lambda_layer_version: "Lambda keeps 75 GB for nothing",
  aws_lambda_permission: "part of the function",
  aws_secretsmanager_secret: ["secrets", "secretReads"],
  aws_sqs_queue: ["queueRequests"],
};

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
  prod = (await synthesizedForAws("prod")).config;
});

/** prod without schedules. */
const atRest = (): EnvironmentConfig => ({
  ...prod,
  infra: { ...prod.infra, schedules: {}, outbox: { sweep_interval_minutes: 60 } },
});
const of = (lines: readonly Line[], price: Priced) => totalOf(lines.filter((line) => line.price === price));

test("the cost of a million tasks, computed by hand", () => {
  const lines = monthlyCost(atRest(), million, prices);
  const sweeps = 730;
  expect(of(lines, "apiRequests")).toBeCloseTo(1.2);
  expect(of(lines, "lambdaRequests")).toBeCloseTo((2 + sweeps / 1e6) * 0.2);
  // prod's functions have 1 GB: 20 ms and 100 ms a task.
  expect(of(lines, "lambdaGigabyteSeconds")).toBeCloseTo(1_000_000 * 0.12 * 0.0000133334);
  // Sent, received and deleted; five pollers with a request every 20 s.
  expect(of(lines, "queueRequests")).toBeCloseTo((3 + 0.657) * 0.4);
  expect(of(lines, "tableWrites")).toBeCloseTo(20 * 0.7625);
  expect(of(lines, "logIngestion")).toBeCloseTo(0.63);
  // Kept for a year, at 15 % of its size.
  expect(of(lines, "logStorage")).toBeCloseTo(12 * 0.15 * 0.0324);
  expect(of(lines, "keys")).toBe(1);
});

test("the cost depends on the settings in tfvars", () => {
  const cost = (config: EnvironmentConfig, price: Priced) =>
    of(monthlyCost(config, { ...million, monthsKept: 1 }, prices), price);
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
  const cost = (some: Partial<Scenario>) => totalOf(monthlyCost(prod, { ...million, ...some }, prices));
  const numbers = Object.keys(work) as (keyof typeof work)[];
  fc.assert(
    fc.property(fc.record(work), fc.constantFrom(...numbers), (some, name) => {
      expect(cost({ ...some, [name]: some[name] + 1 })).toBeGreaterThanOrEqual(cost(some));
    }),
  );
});

forEachEnvironment((environment) => {
  test("every resource type has its prices, or a reason for none", () => {
    const types = new Set(layers.flatMap((layer) => Object.keys(environment()[layer].json.resource)));
    expect([...types].filter((type) => !(type in resourceCosts))).toEqual([]);
  });
});

test("every price applies to a resource type", () => {
  const used = new Set(
    Object.values(resourceCosts).flatMap((cost) => (typeof cost === "string" ? [] : cost)),
  );
  expect(Object.keys(priced).filter((name) => !used.has(name as Priced))).toEqual([]);
});

test("an unknown region is an error that names the file to change", () => {
  expect(() => pricesOf("mars-north-1")).toThrow(
    /no prices of mars-north-1[\s\S]*eu-central-1[\s\S]*scripts\/documents\/cost\/prices\.ts/,
  );
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
