import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import type { Construct } from "constructs";
import type { Naming } from "../shared/naming";
import type { Schedule } from "./schedules";

/** One EventBridge rule for each schedule, by the schedule's name. The app layer adds the targets. */
export const scheduleRules = (scope: Construct, nameOf: Naming, schedules: readonly Schedule[]) =>
  new Map(
    schedules.map(({ name, expression, enabled }) => [
      name,
      new CloudwatchEventRule(scope, `rule-${name}`, {
        name: nameOf(name),
        description: `Invokes the producer for the schedule ${name}`,
        scheduleExpression: expression,
        state: enabled ? "ENABLED" : "DISABLED",
      }),
    ]),
  );
