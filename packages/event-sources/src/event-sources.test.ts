import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { LambdaClient } from "@aws-sdk/client-lambda";
import * as z from "zod";
import { startAwsStub, type AwsCall, type AwsResponse, type AwsStub } from "../../aws-stub/src/aws-stub";
import { success } from "../../aws-stub/src/aws-responses";
import { EventSources } from "./event-sources";
import { reasonPattern } from "./reason";

const functionArn = "arn:aws:lambda:eu-central-1:111111111111:function:orders-dev-worker:live";
const eventSourceArn = "arn:aws:sqs:eu-central-1:111111111111:orders";
const mappingPath = "/2015-03-31/event-source-mappings";
const uuid = "a-mapping";

interface Simulated {
  enabled: boolean;
  tags: Record<string, string>;
}

let stub: AwsStub;
let sources: EventSources;
let mapping: Simulated;
let rules: Record<string, Simulated>;
/** Changes since the beginning; the test makes one of them fail. */
let changes: string[];
let failing: number;

beforeEach(async () => {
  mapping = { enabled: true, tags: { Project: "orders" } };
  rules = {
    "orders-dev-nightly": { enabled: true, tags: {} },
    "orders-dev-off": { enabled: false, tags: {} },
  };
  changes = [];
  failing = Number.POSITIVE_INFINITY;
  stub = await startAwsStub(respond);
  const config = {
    region: "eu-central-1",
    endpoint: stub.endpoint,
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    maxAttempts: 1,
  };
  const [lambda, events] = [new LambdaClient(config), new EventBridgeClient(config)];
  sources = new EventSources({
    lambda,
    events,
    eventSourceArns: [eventSourceArn],
    rulePrefix: "orders-dev-",
  });
});
afterEach(() => {
  stub.stop();
});

const input = z.object({
  Name: z.string().optional(),
  ResourceARN: z.string().optional(),
  Enabled: z.boolean().optional(),
  Tags: z.unknown().optional(),
});

function respond({ operation, body }: AwsCall): AwsResponse | undefined {
  if (operation.startsWith(`GET ${mappingPath}`))
    return success({
      EventSourceMappings: [
        { UUID: uuid, FunctionArn: functionArn, State: mapping.enabled ? "Enabled" : "Disabled" },
      ],
    });
  if (operation.includes("/tags/") && operation.startsWith("GET")) {
    expect(decodeURIComponent(operation)).toContain("111111111111:event-source-mapping:a-mapping");
    return success({ Tags: mapping.tags });
  }
  const { Name, ResourceARN, Enabled, Tags } = input.parse(body === "" ? {} : JSON.parse(body));
  const rule = rules[Name ?? ResourceARN?.split("/")[1] ?? ""] ?? { enabled: true, tags: {} };
  const name = operation.replace("AWSEvents.", "");
  if (name === "ListRules")
    return success({
      Rules: Object.entries(rules).map(([Name, { enabled }]) => ({
        Name,
        Arn: `arn:aws:events:eu-central-1:111111111111:rule/${Name}`,
        State: enabled ? "ENABLED" : "DISABLED",
      })),
    });
  if (name === "ListTagsForResource")
    return success({ Tags: Object.entries(rule.tags).map(([Key, Value]) => ({ Key, Value })) });

  changes.push(name);
  if (changes.length === failing) return { status: 400, body: JSON.stringify({ __type: "Killed" }) };
  if (name === "EnableRule" || name === "DisableRule") rule.enabled = name === "EnableRule";
  else if (name === "TagResource")
    for (const { Key, Value } of z.array(z.object({ Key: z.string(), Value: z.string() })).parse(Tags))
      rule.tags[Key] = Value;
  else if (name === "UntagResource") rule.tags = {};
  else if (operation.startsWith("PUT")) mapping.enabled = Enabled ?? mapping.enabled;
  else if (operation.startsWith("POST")) Object.assign(mapping.tags, Tags);
  else if (operation.startsWith("DELETE")) Reflect.deleteProperty(mapping.tags, "paused");
  else return undefined;
  return success({});
}

const now = new Date("2026-01-01T00:00:00Z");
const reason = "the warehouse is closed";
const paused = { at: now.toISOString(), reason };
const expectResumed = () => {
  expect(mapping).toEqual({ enabled: true, tags: { Project: "orders" } });
  expect(rules).toEqual({
    "orders-dev-nightly": { enabled: true, tags: {} },
    "orders-dev-off": { enabled: false, tags: {} },
  });
};

test("pausing disables the mapping and the enabled rules, and the list has the reason", async () => {
  const expected = [
    { kind: "mapping", name: "orders-dev-worker", enabled: false, paused },
    { kind: "rule", name: "orders-dev-nightly", enabled: false, paused },
  ];
  expect(await sources.pause(reason, now)).toEqual(expected);
  expect(await sources.list()).toEqual([
    ...expected,
    { kind: "rule", name: "orders-dev-off", enabled: false },
  ]);
  expect([mapping.enabled, rules["orders-dev-nightly"]?.enabled]).toEqual([false, false]);
});

test("resuming enables what was paused, and no rule that was disabled before", async () => {
  await sources.pause(reason, now);
  expect((await sources.resume()).map(({ name }) => name)).toEqual([
    "orders-dev-worker",
    "orders-dev-nightly",
  ]);
  expectResumed();
  expect(await sources.resume()).toEqual([]);
});

test("pausing again sets the new reason, and resuming still enables everything", async () => {
  await sources.pause("another reason", now);
  await sources.pause(reason, now);
  expect((await sources.list())[0]).toMatchObject({ paused });
  await sources.resume();
  expectResumed();
});

test.each([1, 2, 3, 4])("interrupted at change %i, pausing and resuming can be repeated", async (at) => {
  failing = at;
  await expect(sources.pause(reason, now)).rejects.toThrow();
  await sources.pause(reason, now);
  expect((await sources.list()).map(({ enabled }) => enabled)).toEqual([false, false, false]);

  changes = [];
  await expect(sources.resume()).rejects.toThrow();
  await sources.resume();
  expectResumed();
});

test("interrupted at any change of a pause, resuming enables everything", async () => {
  for (const at of [1, 2, 3, 4]) {
    [changes, failing] = [[], at];
    await expect(sources.pause(reason, now)).rejects.toThrow();
    await sources.resume();
    expectResumed();
  }
});

test.each([
  ["deploy of 2026-01-01: e-mail a@b.c", true],
  ["", false],
  ["a\nb", false],
  ["50 %", false],
  ["x".repeat(201), false],
])("%j is a reason: %s", (given, isReason) => {
  expect(reasonPattern.test(given)).toBe(isReason);
});

test("start enables what is disabled or paused, but for what is excluded", async () => {
  await sources.pause("standby");
  const started = await sources.start(({ name }) => name !== "orders-dev-off");
  expect(started.map(({ kind, enabled }) => [kind, enabled])).toEqual([
    ["mapping", true],
    ["rule", true],
  ]);
  expect([mapping.enabled, mapping.tags]).toEqual([true, { Project: "orders" }]);
  expect(rules["orders-dev-nightly"]).toEqual({ enabled: true, tags: {} });
  expect(rules["orders-dev-off"]).toEqual({ enabled: false, tags: {} });
  expect(await sources.start(({ name }) => name !== "orders-dev-off")).toEqual([]);
});
