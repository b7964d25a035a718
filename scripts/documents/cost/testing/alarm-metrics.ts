import { layers } from "../../../../deploy/shared/layers";
import type { Synthesized } from "../../../../deploy/testing/environments";
import { metricsOfAlarm } from "../../../../packages/cloudwatch-alarms/src/documented-metrics";

/** The metrics that the alarms of synthesized stacks evaluate. */
export const metricsOfAlarms = (stacks: Synthesized): number =>
  layers
    .flatMap((layer) => stacks[layer].all("aws_cloudwatch_metric_alarm"))
    .flatMap((alarm) => metricsOfAlarm(alarm)).length;
