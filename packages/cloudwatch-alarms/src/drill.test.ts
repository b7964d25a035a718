import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
  type MetricAlarm,
} from "@aws-sdk/client-cloudwatch";
import { SNSClient, SubscribeCommand, UnsubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { mockClient } from "aws-sdk-client-mock";
import { drill } from "./drill";

const topic = "arn:aws:sns:eu-central-1:111111111111:tasks-alarms";
const common: Pick<MetricAlarm, "AlarmActions" | "StateValue"> = { AlarmActions: [topic], StateValue: "OK" };
const plain = {
  ...common,
  AlarmName: "tasks-errors",
  ...{ Namespace: "AWS/Lambda", MetricName: "Errors", Dimensions: [{ Name: "FunctionName", Value: "api" }] },
  ...{ Threshold: 4, ComparisonOperator: "GreaterThanThreshold" },
} satisfies MetricAlarm;
const heartbeat = {
  ...plain,
  AlarmName: "tasks-heartbeat",
  ComparisonOperator: "LessThanThreshold",
} as const;
const math = { ...common, AlarmName: "tasks-share", Metrics: [{ Id: "value", Expression: "m0 / m1" }] };
const composite = { ...common, AlarmName: "tasks-unhealthy", AlarmRule: 'ALARM("tasks-share")' };

/** An account whose topic delivers the messages of these alarms. */
function account(delivered: readonly string[]) {
  const cloudwatch = mockClient(CloudWatchClient);
  const sns = mockClient(SNSClient);
  const sqs = mockClient(SQSClient);
  cloudwatch
    .on(DescribeAlarmsCommand)
    .resolves({ MetricAlarms: [plain, heartbeat, math], CompositeAlarms: [composite] });
  cloudwatch.on(SetAlarmStateCommand).resolves({}).on(PutMetricDataCommand).resolves({});
  sns.on(SubscribeCommand).resolves({ SubscriptionArn: "subscription" }).on(UnsubscribeCommand).resolves({});
  sqs.on(CreateQueueCommand).resolves({ QueueUrl: "url" }).on(GetQueueAttributesCommand).resolves({});
  sqs.on(DeleteMessageBatchCommand).resolves({}).on(DeleteQueueCommand).resolves({});
  const message = (AlarmName: string, NewStateValue: string) => ({
    ReceiptHandle: "r",
    Body: JSON.stringify({ Message: JSON.stringify({ AlarmName, NewStateValue }) }),
  });
  const other = { ReceiptHandle: "r", Body: JSON.stringify({ Message: "not of an alarm" }) };
  sqs.on(ReceiveMessageCommand).resolves({
    Messages: [other, ...delivered.flatMap((name) => [message(name, "OK"), message(name, "ALARM")])],
  });
  const run = (withData: boolean, only?: string) =>
    drill({
      ...{ cloudwatch: new CloudWatchClient(), sns: new SNSClient(), sqs: new SQSClient() },
      ...{ prefix: "tasks-", only, withData, mostMilliseconds: 20, report: () => undefined },
    });
  const states = () =>
    cloudwatch
      .commandCalls(SetAlarmStateCommand)
      .map(({ args: [{ input }] }) => [input.AlarmName, input.StateValue]);
  const data = () => cloudwatch.commandCalls(PutMetricDataCommand).map(({ args: [{ input }] }) => input);
  return { run, states, data, sns, sqs };
}
const all = [composite, plain, heartbeat, math].map(({ AlarmName }) => AlarmName);

test("with data, an alarm of one metric gets a datum beyond its threshold, in its own dimensions", async () => {
  const { run, data } = account(all);
  expect((await run(true)).map(({ name, driver, arrived }) => [name, driver, arrived])).toEqual([
    ["tasks-unhealthy", "rule", true],
    ["tasks-errors", "datum", true],
    ["tasks-heartbeat", "datum", true],
    ["tasks-share", "state", true],
  ]);
  const { Namespace, MetricName, Dimensions } = plain;
  expect(data()).toEqual(
    [{ Values: [5], Counts: [10_000] }, { Value: 4 - 1_000_000_000 }].map((beyond) => ({
      Namespace,
      MetricData: [{ MetricName, Dimensions, ...beyond }],
    })),
  );
});

test("without data, states are set and no datum is put; a composite alarm is driven by an alarm of its rule", async () => {
  const { run, states, data } = account(all);
  await run(false);
  expect(data()).toEqual([]);
  expect(states().slice(0, 3)).toEqual([
    ["tasks-share", "OK"],
    ["tasks-share", "ALARM"],
    ["tasks-share", "OK"],
  ]);
  expect(states().filter(([name]) => name === "tasks-unhealthy")).toEqual([]);
});

test("a composite alarm that is in ALARM is driven by its state: its rule does not become true again", async () => {
  const { run } = account(all);
  const cloudwatch = mockClient(CloudWatchClient);
  cloudwatch.on(DescribeAlarmsCommand).resolves({
    MetricAlarms: [{ ...math, StateValue: "ALARM" }],
    CompositeAlarms: [{ ...composite, StateValue: "ALARM" }],
  });
  cloudwatch.on(SetAlarmStateCommand).resolves({});
  expect(await run(false, "tasks-unhealthy")).toMatchObject([{ driver: "state", arrived: true }]);
  const set = cloudwatch.commandCalls(SetAlarmStateCommand).map(({ args: [{ input }] }) => input.StateValue);
  expect(set).toEqual(["OK", "ALARM", "ALARM", "ALARM"]);
});

test("an alarm whose message does not arrive is reported, and the others are drilled", async () => {
  const { run } = account(all.filter((name) => name !== "tasks-errors"));
  const missing = (await run(true)).filter(({ arrived }) => !arrived);
  expect(missing.map(({ name }) => name)).toEqual(["tasks-errors"]);
});

test("an alarm without an action does not arrive", async () => {
  const { run } = account(all);
  const cloudwatch = mockClient(CloudWatchClient);
  cloudwatch.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [{ ...plain, AlarmActions: [] }] });
  cloudwatch.on(SetAlarmStateCommand).resolves({});
  expect(await run(false)).toMatchObject([{ arrived: false }]);
});

test("only the named alarm is drilled", async () => {
  expect((await account(all).run(false, "tasks-share")).map(({ name }) => name)).toEqual(["tasks-share"]);
});

test("after an error too, states are set as before, and subscription and queue are deleted", async () => {
  const { run, states, sns, sqs } = account(all);
  sqs.on(ReceiveMessageCommand).rejects(new Error("no connection"));
  await expect(run(false)).rejects.toThrow("no connection");
  expect(states().slice(-4)).toEqual(
    ["share", "errors", "heartbeat", "share"].map((name) => [`tasks-${name}`, "OK"]),
  );
  expect(sns.commandCalls(UnsubscribeCommand)).toHaveLength(1);
  expect(sqs.commandCalls(DeleteQueueCommand)).toHaveLength(1);
});
