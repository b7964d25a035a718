import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import type { Construct } from "constructs";
import type { InfraConfig } from "../config/schemas/infra";
import type { InfraOutputs } from "../20_infra/outputs";
import { schedules } from "../20_infra/schedules";
import { eventMaximumAgeSeconds } from "./functions/producer";
import type { ServiceFunction } from "./lambda/service-function";

/** Retries by EventBridge before an event goes to the dead-letter queue. */
const maximumRetryAttempts = 10;

/** Targets of the infra layer's rules: each invokes the producer's alias `live` with the schedule's event. */
export function scheduleTargets(
  scope: Construct,
  config: InfraConfig,
  infra: InfraOutputs,
  producer: ServiceFunction,
): void {
  for (const { name, event } of schedules(config)) {
    new LambdaPermission(scope, `permission-${name}`, {
      statementId: `AllowRule-${name}`,
      action: "lambda:InvokeFunction",
      functionName: producer.function.functionName,
      qualifier: producer.live.name,
      principal: "events.amazonaws.com",
      sourceArn: infra.rule_arns.entry(name),
    });
    new CloudwatchEventTarget(scope, `target-${name}`, {
      rule: infra.rule_names.entry(name),
      targetId: "producer",
      arn: producer.live.arn,
      inputTransformer: {
        inputPaths: { time: "$.time" },
        inputTemplate: JSON.stringify(event),
      },
      retryPolicy: { maximumRetryAttempts, maximumEventAgeInSeconds: eventMaximumAgeSeconds },
      deadLetterConfig: { arn: infra.event_dead_letter_queue_arn },
    });
  }
}
