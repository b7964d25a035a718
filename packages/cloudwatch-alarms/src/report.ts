import { CloudWatchClient, type CloudWatchClientConfig } from "@aws-sdk/client-cloudwatch";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { textTable } from "../../command-line/src/table";
import { findAlarms, statesOf, type AlarmState } from "./alarms";
import { drill, type DrilledAlarm, type DrillOptions } from "./drill";

/** CloudWatch publishes within seconds; a message through SNS may take a minute. */
const mostMilliseconds = 60_000;

interface ReportOptions {
  /** Configuration of the SDK clients. */
  readonly client: CloudWatchClientConfig;
  /** Of the names of the alarms. */
  readonly prefix: string;
}

/** Prints alarms with their states, and returns them. */
export async function printAlarms({ client, prefix }: ReportOptions): Promise<AlarmState[]> {
  const alarms = statesOf(await findAlarms(new CloudWatchClient(client), prefix));
  if (alarms.length > 0)
    console.log(textTable(alarms.map(({ state, name, since, reason }) => [state, name, since, reason])));
  return alarms;
}

/** Drills alarms, prints the outcome of each, and returns them. */
export async function printDrill({
  client,
  ...options
}: ReportOptions & Pick<DrillOptions, "only" | "withData">): Promise<DrilledAlarm[]> {
  const drilled = await drill({
    ...options,
    cloudwatch: new CloudWatchClient(client),
    sns: new SNSClient(client),
    sqs: new SQSClient(client),
    mostMilliseconds,
    report: ({ name, driver, arrived, seconds }) => {
      console.log(`${arrived ? "✓" : "✗"} ${name}  by ${driver}  ${seconds.toFixed(1)} s`);
    },
  });
  const reached = drilled.filter(({ arrived }) => arrived).length;
  if (drilled.length > 0) console.log(`${reached} of ${drilled.length} alarms have reached a subscriber.`);
  return drilled;
}
