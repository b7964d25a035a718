import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import type { Construct } from "constructs";
import { metricsOf, type AlarmDefinitions, type Alarms } from "../shared/alarms";
import type { Naming } from "../shared/naming";
import type { Schedule } from "./schedules";

export interface ScheduleRulesProps {
  readonly nameOf: Naming;
  readonly schedules: readonly Schedule[];
  readonly alarms: Alarms;
  /** Whether a failover turns the rules on and off: then Terraform sets their state only when it creates them. */
  readonly failsOver: boolean;
  /** Whether they are created off, for a failover to turn them on. */
  readonly standby: boolean;
}

/** One EventBridge rule for each schedule, by the schedule's name. The app layer adds the targets. */
export const scheduleRules = (
  scope: Construct,
  { nameOf, schedules, alarms, failsOver, standby }: ScheduleRulesProps,
) =>
  new Map(
    schedules.map(({ name, expression, enabled }) => {
      const rule = new CloudwatchEventRule(scope, `rule-${name}`, {
        name: nameOf(name),
        description: `Invokes the producer for the schedule ${name}`,
        scheduleExpression: expression,
        state: enabled && !standby ? "ENABLED" : "DISABLED",
        ...(failsOver && { lifecycle: { ignoreChanges: ["state"] } }),
      });
      const metric = metricsOf("AWS/Events", { RuleName: nameOf(name) });
      alarms.add(rule, nameOf(name), ruleAlarms(metric), { invocations: [metric("Invocations")] });
      return [name, rule];
    }),
  );

const ruleAlarms = (metric: ReturnType<typeof metricsOf>): AlarmDefinitions => ({
  "failed-invocations": {
    summary: "EventBridge has not invoked the target of the rule",
    ...{ metrics: [metric("FailedInvocations")], above: 0 },
  },
  "sent-to-dlq": {
    summary: "EventBridge has stored an event of the rule in the dead-letter queue",
    ...{ metrics: [metric("InvocationsSentToDlq")], above: 0 },
  },
});
