import {
  paginateDescribeAlarms,
  type CloudWatchClient,
  type CompositeAlarm,
  type MetricAlarm,
} from "@aws-sdk/client-cloudwatch";

/** An alarm with its state. */
export interface AlarmState {
  readonly name: string;
  readonly state: string;
  readonly since: string;
  readonly reason: string;
  readonly description: string;
}

export interface FoundAlarms {
  readonly metric: readonly MetricAlarm[];
  readonly composite: readonly CompositeAlarm[];
}

/** The alarms whose names have a prefix. */
export async function findAlarms(cloudwatch: CloudWatchClient, prefix: string): Promise<FoundAlarms> {
  const metric: MetricAlarm[] = [];
  const composite: CompositeAlarm[] = [];
  const pages = paginateDescribeAlarms(
    { client: cloudwatch },
    { AlarmNamePrefix: prefix, AlarmTypes: ["MetricAlarm", "CompositeAlarm"] },
  );
  for await (const page of pages) {
    metric.push(...(page.MetricAlarms ?? []));
    composite.push(...(page.CompositeAlarms ?? []));
  }
  return { metric, composite };
}

const order = ["ALARM", "INSUFFICIENT_DATA", "OK"];

/** The states of alarms, those in alarm first. */
export const statesOf = ({ metric, composite }: FoundAlarms): AlarmState[] =>
  [...composite, ...metric]
    .map((alarm) => ({
      name: alarm.AlarmName ?? "",
      state: alarm.StateValue ?? "",
      since: alarm.StateUpdatedTimestamp?.toISOString() ?? "",
      reason: alarm.StateReason ?? "",
      description: alarm.AlarmDescription ?? "",
    }))
    .sort(
      (one, other) => order.indexOf(one.state) - order.indexOf(other.state) || compare(one.name, other.name),
    );

const compare = (one: string, other: string) => (one < other ? -1 : 1);
