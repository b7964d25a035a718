import { LambdaClient } from "@aws-sdk/client-lambda";
import { loadEnvironment } from "../../deploy/config/load-environment";
import { outboxSweep } from "../../deploy/config/schemas/schedule";
import { schedules } from "../../deploy/20_infra/schedules";
import { namePrefix } from "../../deploy/shared/naming";
import { startAwsStub } from "../../packages/aws-stub/src/aws-stub";
import { EventDeadLetters, invokeProducer } from "./event-dead-letters";

const time = "2026-01-31T12:00:00Z";
const event = { kind: "schedule", schedule: "nightly", time, type: "echo", payload: { message: "hello" } };

const letters = async () => {
  const config = await loadEnvironment("dev");
  const nightly = { expression: "rate(1 day)", type: "echo", payload: event.payload, enabled: true };
  return new EventDeadLetters({
    ...config,
    infra: { ...config.infra, schedules: { nightly }, table: { ...config.infra.table, enabled: true } },
  });
};
const record = (requestPayload: unknown, more: object = {}) => ({
  version: "1.0",
  requestContext: { condition: "RetriesExhausted", functionArn: "arn" },
  requestPayload,
  ...more,
});
const ofRule = (rule: string) => ({
  ...{ version: "0", "detail-type": "Scheduled Event", source: "aws.events", time, detail: {} },
  resources: [`arn:aws:events:eu-central-1:111111111111:rule/${rule}`],
});
const sweep = { kind: "sweep", time };

test.each([
  ["the producer's event", event, event],
  ["Lambda's record of it", record(event, { responsePayload: { errorMessage: "down" } }), event],
  ["Lambda's record without a response", record(event, { responsePayload: null }), event],
  ["EventBridge's event of a schedule", ofRule("PREFIX-nightly"), event],
  ["EventBridge's event of the sweep", ofRule(`PREFIX-${outboxSweep}`), sweep],
  ["EventBridge's event in Lambda's record", record(ofRule("PREFIX-nightly")), event],
  ["an event of another rule", ofRule("PREFIX-other"), undefined],
  ["another message", { kind: "other" }, undefined],
])("the event of %s", async (_what, message, expected) => {
  const body = JSON.stringify(message).replace("PREFIX", namePrefix(await loadEnvironment("dev")));
  expect((await letters()).eventOf(body)).toEqual(expected);
});

test("a message that is no JSON has no event", async () => {
  expect((await letters()).eventOf("{")).toBeUndefined();
});

test("EventBridge's event of the sweep is that of the rule's target", async () => {
  const { infra } = await loadEnvironment("dev");
  expect(schedules(infra).map(({ name }) => name)).toContain(outboxSweep);
});

test.each([
  [record(event, { responsePayload: { errorMessage: "down" } }), {}, "nightly", "echo", "down"],
  [
    event,
    { ERROR_CODE: "NO_PERMISSIONS", ERROR_MESSAGE: "no permission" },
    "nightly",
    "echo",
    "no permission",
  ],
  [sweep, { ERROR_CODE: "THROTTLING" }, "sweep", "sweep", "THROTTLING"],
  [record(sweep), {}, "sweep", "sweep", "RetriesExhausted"],
  ["other", {}, undefined, "unknown", "No reason is stored"],
])("%j with %j is described", async (message, attributes, id, type, reason) => {
  expect((await letters()).describe(JSON.stringify(message), attributes)).toEqual({
    ...(id !== undefined && { id }),
    ...{ type, reason },
  });
});

test("the producer is invoked by its alias; its failure is an error, and so is a message without an event", async () => {
  const calls: string[] = [];
  let fails = false;
  const stub = await startAwsStub(({ operation, body }) => {
    calls.push(`${operation} ${body}`);
    return {
      status: 200,
      ...(fails && { headers: { "x-amz-function-error": "Unhandled" } }),
      body: fails ? '{"errorMessage":"still down"}' : "null",
    };
  });
  try {
    const credentials = { accessKeyId: "a", secretAccessKey: "b" };
    const lambda = new LambdaClient({ region: "eu-central-1", endpoint: stub.endpoint, credentials });
    const invoke = invokeProducer(lambda, "a-producer", await letters());
    await invoke(JSON.stringify(record(event)));
    expect(calls).toEqual([
      `POST /2015-03-31/functions/a-producer/invocations?Qualifier ${JSON.stringify(event)}`,
    ]);
    fails = true;
    await expect(invoke(JSON.stringify(event))).rejects.toThrow("still down");
    await expect(invoke("{}")).rejects.toThrow("Expected an event");
    expect(calls).toHaveLength(2);
  } finally {
    stub.stop();
  }
});
