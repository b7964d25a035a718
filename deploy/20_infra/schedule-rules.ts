import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import type { Construct } from "constructs";
import type { Naming } from "../shared/naming";
import type { Schedule } from "./schedules";

/** One EventBridge rule for each schedule, by its name; the app layer gives them their target. */
export const scheduleRules = (scope: Construct, nameOf: Naming, schedules: readonly Schedule[]) =>
  new Map(
    schedules.map(({ name, expression, enabled }) => [
      name,
      new CloudwatchEventRule(scope, `rule-${name}`, {
        name: nameOf(name),
        description: `Wakes the producer for ${name}`,
        scheduleExpression: expression,
        state: enabled ? "ENABLED" : "DISABLED",
      }),
    ]),
  );
