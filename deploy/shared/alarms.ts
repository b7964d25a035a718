import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";

/** A metric of one resource, with the statistic of its datapoints. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  /** `Sum`, `Maximum`, `p99`, … */
  readonly statistic: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Metrics of one resource, by name and statistic. */
export const metricsOf =
  (namespace: string, dimensions: Metric["dimensions"]) =>
  (name: string, statistic = "Sum"): Metric => ({ namespace, name, statistic, dimensions });

/** An alarm of one resource. */
export interface AlarmDefinition {
  /** What is wrong, in a sentence. */
  readonly summary: string;
  readonly metrics: readonly Metric[];
  /** Metric math on the metrics m0, m1, …; for more than one. */
  readonly expression?: string;
  /** The threshold of errors: missing data are good. */
  readonly above?: number;
  /** The threshold of heartbeats: missing data are bad. */
  readonly below?: number;
  readonly periodSeconds?: number;
  /** How many datapoints violate the threshold, of how many periods; otherwise one of one. */
  readonly datapoints?: readonly [number, number];
  /** Users of the service notice it: it is part of the composite alarm. */
  readonly symptom?: true;
}

/** By condition: the end of an alarm's name, and the name of its runbook in docs/operations/alarms. */
export type AlarmDefinitions = Readonly<Record<string, AlarmDefinition>>;

const minute = 60;

/** A graph of the dashboard. */
export interface Graph {
  readonly title: string;
  readonly metrics: readonly Metric[];
  readonly expression?: string | undefined;
  readonly period?: number;
  readonly thresholds?: readonly number[];
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
export const graphWidget = (
  region: string,
  { title, metrics, expression, period = minute, thresholds = [] }: Graph,
) => ({
  type: "metric",
  width: 8,
  height: 5,
  properties: {
    ...{ title, region, period, view: "timeSeries" },
    metrics: [
      ...metrics.map(({ namespace, name, dimensions, statistic }, index) => [
        ...[namespace, name, ...Object.entries(dimensions).flat()],
        { id: `m${index}`, stat: statistic, visible: expression === undefined },
      ]),
      ...(expression === undefined ? [] : [[{ id: "value", expression, label: title }]]),
    ],
    annotations: { horizontal: thresholds.map((value) => ({ label: "alarm", value })) },
  },
});

export interface AlarmsProps {
  /** The topic that alarms notify; undefined when tfvars disable alarms. */
  readonly topicArn: string | undefined;
  readonly region: string;
  /** The provider of the region; that of the stack unless given. */
  readonly provider?: TerraformProvider | undefined;
  /** Where the runbooks are: a URL, or a folder of the repository, with a slash at the end. */
  readonly runbooks: string;
}

/**
 * Creates the alarms of a layer's resources, each of which notifies the topic. A construct that should have alarms
 * requires this in its props. Without a topic nothing is created.
 */
export class Alarms {
  private readonly graphs: Graph[] = [];
  private readonly arns: string[] = [];
  private readonly symptoms: string[] = [];

  constructor(private readonly props: AlarmsProps) {}

  /**
   * Creates the alarms of a resource, `<resource>-<condition>`, and puts them and further graphs on the dashboard.
   * @param graphs metrics by what they show
   */
  add(
    scope: Construct,
    resource: string,
    definitions: AlarmDefinitions,
    graphs: Readonly<Record<string, readonly Metric[]>>,
  ): void {
    if (this.props.topicArn === undefined) return;
    for (const [what, metrics] of Object.entries(graphs))
      this.graphs.push({ title: `${resource}: ${what}`, metrics });
    for (const [condition, definition] of Object.entries(definitions)) {
      const { summary, metrics, expression, periodSeconds: period = minute, symptom } = definition;
      const { above, below = 0, datapoints: [fewest, periods] = [1, 1] } = definition;
      const name = `${resource}-${condition}`;
      const threshold = above ?? below;
      const alarm = new CloudwatchMetricAlarm(scope, `alarm-${condition}`, {
        alarmName: name,
        provider: this.props.provider,
        alarmDescription: this.describe(condition, summary),
        comparisonOperator: above === undefined ? "LessThanThreshold" : "GreaterThanThreshold",
        treatMissingData: above === undefined ? "breaching" : "notBreaching",
        threshold,
        evaluationPeriods: periods,
        datapointsToAlarm: fewest,
        ...this.notify,
        ...measure(metrics, expression, period),
        // The composite alarm is changed before an alarm that it names is deleted: CloudWatch refuses it otherwise.
        lifecycle: { createBeforeDestroy: true },
      });
      if (symptom) this.symptoms.push(alarm.alarmName);
      this.arns.push(alarm.arn);
      this.graphs.push({ title: name, metrics, expression, period, thresholds: [threshold] });
    }
  }

  /** The actions of every alarm. */
  get notify() {
    const { topicArn } = this.props;
    return topicArn === undefined ? {} : { alarmActions: [topicArn], okActions: [topicArn] };
  }

  /** The description of an alarm, with its runbook's address. */
  describe(condition: string, summary: string): string {
    return `${summary}. Runbook: ${this.props.runbooks}${condition}.md`;
  }

  /** JSON of the dashboard's widgets: the states of the alarms, and the graphs. Without the brackets of the list. */
  get widgets(): string {
    const states = {
      type: "alarm",
      width: 24,
      height: 3,
      properties: { title: "Alarms", alarms: this.arns },
    };
    const graphs = this.graphs.map((graph) => graphWidget(this.props.region, graph));
    return JSON.stringify([states, ...graphs]).slice(1, -1);
  }

  /**
   * Creates the composite alarm of a layer: a symptom is in alarm. It names alarms of its own layer only, since CloudWatch
   * deletes no alarm that a composite alarm names, and Terraform applies one layer after the other.
   * @returns its ARN; undefined when there are no alarms
   */
  compose(scope: Construct, alarmName: string): string | undefined {
    if (this.symptoms.length === 0) return undefined;
    return new CloudwatchCompositeAlarm(scope, "unhealthy", {
      alarmName,
      alarmDescription: this.describe("service-unhealthy", "Users notice a failure of the service"),
      alarmRule: this.symptoms.map((name) => `ALARM("${name}")`).join(" OR "),
      ...this.notify,
    }).arn;
  }
}

/** The metric of an alarm, or the metrics that its expression combines. */
function measure(metrics: readonly Metric[], expression: string | undefined, period: number) {
  const [only] = metrics;
  if (expression === undefined && only !== undefined) {
    const { namespace, name: metricName, dimensions, statistic } = only;
    const stat = /^p\d/.test(statistic) ? { extendedStatistic: statistic } : { statistic };
    return { namespace, metricName, dimensions, period, ...stat };
  }
  const inputs = metrics.map(({ name: metricName, statistic: stat, namespace, dimensions }, index) => ({
    id: `m${index}`,
    returnData: false,
    metric: { namespace, metricName, dimensions, stat, period },
  }));
  return { metricQuery: [...inputs, { id: "value", expression, label: "value", returnData: true }] };
}
