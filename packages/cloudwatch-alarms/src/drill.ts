import {
  PutMetricDataCommand,
  SetAlarmStateCommand,
  type CloudWatchClient,
  type CompositeAlarm,
  type MetricAlarm,
  type StateValue,
} from "@aws-sdk/client-cloudwatch";
import type { SNSClient } from "@aws-sdk/client-sns";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { findAlarms } from "./alarms";
import { DrillSubscriber } from "./drill-subscriber";

/** How an alarm is driven: by a datum of its metric, by its state, or by the state of an alarm in its rule. */
export type Driver = "datum" | "state" | "rule";

export interface DrilledAlarm {
  readonly name: string;
  readonly driver: Driver;
  /** Whether its message has arrived at a subscriber of its topic. */
  readonly arrived: boolean;
  readonly seconds: number;
}

export interface DrillOptions {
  readonly cloudwatch: CloudWatchClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  /** Of the names of the alarms. */
  readonly prefix: string;
  /** The name of the only alarm to drill; all if undefined. */
  readonly only: string | undefined;
  /** Drive alarms of a single metric by data; otherwise by their state, since data in a metric of AWS cannot be deleted. */
  readonly withData: boolean;
  /** How long a message may take. */
  readonly mostMilliseconds: number;
  /** Called with each alarm. */
  readonly report: (alarm: DrilledAlarm) => void;
}

/** How one alarm is driven. */
interface Drill {
  readonly alarm: MetricAlarm | CompositeAlarm;
  readonly driver: Driver;
  readonly drive: () => Promise<unknown>;
  /** Sets the former state. */
  readonly undo: () => Promise<unknown>;
}

/**
 * Drives each alarm into ALARM, waits for its message at a queue that subscribes its topics, and sets its former state. The
 * queue and its subscriptions are deleted at the end.
 */
export async function drill(options: DrillOptions): Promise<DrilledAlarm[]> {
  const { sns, sqs, prefix, mostMilliseconds, report } = options;
  const drills = await drillsOf(options);
  const subscribers = new Map<string, DrillSubscriber>();
  const drilled: DrilledAlarm[] = [];
  try {
    for (const topic of new Set(drills.flatMap(({ alarm }) => alarm.AlarmActions ?? [])))
      subscribers.set(topic, await DrillSubscriber.open(sqs, sns, topic, prefix));
    for (const { alarm, driver, drive, undo } of drills) {
      const name = alarm.AlarmName ?? "";
      const start = Date.now();
      await drive();
      const reached: boolean[] = [];
      for (const topic of alarm.AlarmActions ?? [])
        reached.push((await subscribers.get(topic)?.waitFor(name, mostMilliseconds)) !== undefined);
      await undo();
      const arrived = reached.length > 0 && !reached.includes(false);
      const outcome = { name, driver, arrived, seconds: (Date.now() - start) / 1000 };
      drilled.push(outcome);
      report(outcome);
    }
    return drilled;
  } finally {
    // The data of a later drill may have driven an alarm again.
    for (const { undo } of drills) await undo();
    for (const subscriber of subscribers.values()) await subscriber.close();
  }
}

/** Composite alarms are first: their rules stay true while data of an earlier drill keep an alarm in ALARM. */
async function drillsOf({ cloudwatch, prefix, only, withData }: DrillOptions): Promise<Drill[]> {
  const { metric, composite } = await findAlarms(cloudwatch, prefix);
  const setState = (alarm: MetricAlarm | CompositeAlarm, StateValue: StateValue) =>
    cloudwatch.send(
      new SetAlarmStateCommand({ AlarmName: alarm.AlarmName, StateValue, StateReason: "Alarm drill" }),
    );
  /** A transition: CloudWatch sends no message when the state remains ALARM. */
  const raise = async (alarm: MetricAlarm | CompositeAlarm) => {
    await setState(alarm, "OK");
    await setState(alarm, "ALARM");
  };
  const restore = (alarm: MetricAlarm | CompositeAlarm) => () => setState(alarm, alarm.StateValue ?? "OK");

  const ofComposite = (alarm: CompositeAlarm): Drill => {
    const child = metric.find(({ AlarmName = "" }) => alarm.AlarmRule?.includes(`"${AlarmName}"`));
    // The rule of an alarm that is in ALARM does not become true again.
    return child === undefined || alarm.StateValue === "ALARM"
      ? { alarm, driver: "state", drive: () => raise(alarm), undo: restore(alarm) }
      : { alarm, driver: "rule", drive: () => raise(child), undo: restore(child) };
  };
  const ofMetric = (alarm: MetricAlarm): Drill => {
    if (!withData || alarm.MetricName === undefined)
      return { alarm, driver: "state", drive: () => raise(alarm), undo: restore(alarm) };
    const drive = async () => {
      await setState(alarm, "OK");
      await cloudwatch.send(violation(alarm));
    };
    return { alarm, driver: "datum", drive, undo: restore(alarm) };
  };
  const drills = [...composite.map(ofComposite), ...metric.map(ofMetric)];
  return drills.filter(({ alarm }) => only === undefined || alarm.AlarmName === only);
}

/** As many as outweigh the values that the metric has in the same period, in an average or a percentile. */
const repetitions = 10_000;
/** As far below the threshold as outweighs them in a sum. */
const distance = 1_000_000_000;

/** A datum beyond the threshold of an alarm on a single metric. */
function violation(alarm: MetricAlarm): PutMetricDataCommand {
  const { Namespace, MetricName, Dimensions, Threshold = 0, ComparisonOperator = "" } = alarm;
  const beyond = ComparisonOperator.startsWith("Greater")
    ? { Values: [Threshold + 1], Counts: [repetitions] }
    : { Value: Threshold - distance };
  return new PutMetricDataCommand({ Namespace, MetricData: [{ MetricName, Dimensions, ...beyond }] });
}
