import { CloudWatchClient, DescribeAlarmsCommand, GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { mockClient } from "aws-sdk-client-mock";
import { AliasSet } from "./alias-set";
import { SimulatedLambda } from "./testing/simulated-lambda";
import { watch, type WatchOptions } from "./watch";

const alias = "live";
const live = { "tasks-api": "2" };
const timeoutSeconds = 10;

/** A service whose alarms and metrics are these in each round; its clock is a minute on in each. */
function service({
  alarms = [[]] as string[][],
  errors = [0],
  invocations = [100],
  duration = [5],
  failProbeIn = 0,
}) {
  const lambda = new SimulatedLambda();
  lambda.createAliases(alias, live);
  let rounds = 0;
  const cloudwatch = mockClient(CloudWatchClient);
  cloudwatch.on(DescribeAlarmsCommand).callsFake(({ AlarmNamePrefix, StateValue }) => {
    expect({ AlarmNamePrefix, StateValue }).toEqual({ AlarmNamePrefix: "tasks-", StateValue: "ALARM" });
    return {
      MetricAlarms: (alarms[Math.min(rounds, alarms.length - 1)] ?? []).map((AlarmName) => ({ AlarmName })),
    };
  });
  cloudwatch.on(GetMetricDataCommand).callsFake(() => ({
    MetricDataResults: Object.entries({ errors, invocations, duration }).map(([name, Values]) => ({
      Id: `${name}0`,
      Values,
    })),
  }));
  const start = Date.now();
  jest.spyOn(Date, "now").mockImplementation(() => start + rounds * 60_000);
  const options = (given: Partial<WatchOptions> = {}): WatchOptions => ({
    ...{ cloudwatch: new CloudWatchClient(), aliases: new AliasSet(lambda.client, alias) },
    functions: [{ name: "tasks-api", timeoutSeconds }],
    alarms: { prefix: "tasks-", conditions: ["errors", "latency"] },
    ...{ errorPercent: 1, durationPercent: 80, pollSeconds: 0, signal: new AbortController().signal },
    probe: () => {
      rounds += 1;
      jest.useFakeTimers({ now: start + rounds * 60_000, doNotFake: ["setTimeout", "nextTick"] });
      return rounds === failProbeIn ? Promise.reject(new Error("health")) : Promise.resolve();
    },
    ...given,
  });
  return { lambda, cloudwatch, options, rounds: () => rounds };
}
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const watched = (given: Parameters<typeof service>[0]) => watch(service(given).options(), 180, live);

test.each<[string, Parameters<typeof service>[0]]>([
  ["without alarms and errors", {}],
  ["an alarm that was on before", { alarms: [["tasks-api-errors"]] }],
  ["an alarm of another condition", { alarms: [[], ["tasks-api-4xx"]] }],
  ["two errors", { errors: [1, 1], invocations: [2, 0] }],
  ["errors below the limit", { errors: [3, 2], invocations: [250, 250] }],
  ["a slow invocation below the limit", { duration: [5, 8_000] }],
])("a good version passes: %s", async (_what, given) => {
  await expect(watched(given)).resolves.toBeUndefined();
});

test.each<[string, Parameters<typeof service>[0], string]>([
  ["an alarm starts", { alarms: [[], [], ["tasks-api-errors"]] }, "in alarm: tasks-api-errors"],
  [
    "another one was on before",
    { alarms: [["tasks-b-errors"], ["tasks-b-errors", "tasks-latency"]] },
    "tasks-latency",
  ],
  ["invocations fail", { errors: [1, 2], invocations: [100, 199] }, "3 of 299 invocations of tasks-api"],
  ["invocations are slow", { duration: [5, 8_001] }, "8001 ms"],
  ["the probe fails", { failProbeIn: 2 }, "health"],
])("a bad version fails: %s", async (_what, given, message) => {
  await expect(watched(given)).rejects.toThrow(message);
});

test("metrics count from the next full minute: the current one has invocations of earlier versions", async () => {
  const { options, cloudwatch } = service({});
  const begun = Date.now();
  await watch(options(), 180, live);
  const [call] = cloudwatch.commandCalls(GetMetricDataCommand);
  const { StartTime } = call?.args[0].input ?? {};
  expect(StartTime?.getTime()).toBe(Math.ceil(begun / 60_000) * 60_000);
});

test("while an alias routes a share to another version, the metrics are those of that version", async () => {
  const { options, cloudwatch } = service({});
  await watch(options(), 180, live, { "tasks-api": "3" });
  const [call] = cloudwatch.commandCalls(GetMetricDataCommand);
  const { MetricDataQueries = [] } = call?.args[0].input ?? {};
  expect(MetricDataQueries.map(({ MetricStat }) => MetricStat?.Metric?.Dimensions)).toEqual(
    Array.from({ length: 3 }, () => [
      { Name: "FunctionName", Value: "tasks-api" },
      { Name: "Resource", Value: "tasks-api:live" },
      { Name: "ExecutedVersion", Value: "3" },
    ]),
  );
});

test("without alarms, none are read", async () => {
  const { options, cloudwatch } = service({});
  await watch(options({ alarms: undefined }), 60, live);
  expect(cloudwatch.commandCalls(DescribeAlarmsCommand)).toEqual([]);
});

test("a watch of 0 seconds does nothing", async () => {
  const { options, rounds } = service({ failProbeIn: 1 });
  await watch(options(), 0, live);
  expect(rounds()).toBe(0);
});

test("the watch ends when another caller moves an alias", async () => {
  const { options, lambda } = service({});
  lambda.createAliases(alias, { "tasks-api": "1" });
  await expect(watch(options(), 60, live)).rejects.toMatchObject({ code: "superseded" });
});

test("the watch ends with the reason of its signal", async () => {
  const controller = new AbortController();
  const { options } = service({});
  const reason = new Error("interrupted");
  const probe = () => {
    controller.abort(reason);
    return Promise.resolve();
  };
  await expect(
    watch(options({ signal: controller.signal, probe, pollSeconds: 60 }), 60, live),
  ).rejects.toThrow();
});
