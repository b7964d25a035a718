import { statementsOf } from "../testing/synthesize";
import { at, strings } from "./attributes";
import type { ResolvedEnvironment, Resource } from "./resolved-environment";
import { unless, type Rule } from "./rule";

const alarmTypes = ["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"];

/** The dimension by which the metrics of a resource type name the resource, and its value. */
const dimensions: Readonly<Record<string, (resource: Resource) => Readonly<Record<string, unknown>>>> = {
  aws_sqs_queue: ({ attributes }) => ({ QueueName: attributes.name }),
  aws_lambda_function: ({ attributes }) => ({ FunctionName: attributes.function_name }),
  aws_dynamodb_table: ({ attributes }) => ({ TableName: attributes.name }),
  aws_cloudwatch_event_rule: ({ attributes }) => ({ RuleName: attributes.name }),
  aws_cloudfront_distribution: ({ type, id }) => ({ DistributionId: `\${${type}.${id}.id}` }),
  aws_cloudfront_function: ({ attributes }) => ({ FunctionName: attributes.name }),
  aws_vpc_endpoint: ({ type, id, attributes }) =>
    // Gateway endpoints have no metrics.
    attributes.vpc_endpoint_type === "Gateway" ? {} : { "VPC Endpoint Id": `\${${type}.${id}.id}` },
  aws_apigatewayv2_api: ({ type, id }) => ({ ApiId: `\${${type}.${id}.id}` }),
};

const hasAlarms = (environment: ResolvedEnvironment) => environment.all("aws_sns_topic").length > 0;

/** Whether a policy allows a service the actions. */
const allows = (policy: unknown, service: string, actions: readonly string[]) =>
  typeof policy === "string" &&
  actions.every((action) =>
    statementsOf(policy).some(
      ({ Effect, Principal, Action }) =>
        Effect === "Allow" && at(Principal, "Service") === service && strings(Action).includes(action),
    ),
  );

export const alarmRules: readonly Rule[] = [
  {
    name: "resources have alarms",
    reason: "no alarm reports that they fail",
    violations: (environment) =>
      Object.entries(dimensions).flatMap(([type, dimensionOf]) =>
        environment.all(type).flatMap((resource) => {
          const named = JSON.stringify(dimensionOf(resource)).slice(1, -1);
          const has = environment
            .all("aws_cloudwatch_metric_alarm")
            .some(({ attributes }) => JSON.stringify(attributes).includes(named));
          return unless(has || !hasAlarms(environment), resource, `an alarm with ${named}`, undefined);
        }),
      ),
  },
  {
    name: "alarms notify a topic with a subscriber",
    reason: "an alarm would reach no operator",
    violations: (environment) => {
      const subscribed = environment
        .all("aws_sns_topic_subscription")
        .map(({ attributes }) => environment.referred(attributes.topic_arn, "aws_sns_topic"));
      return environment.all(...alarmTypes).flatMap((alarm) => {
        const topics = strings(alarm.attributes.alarm_actions).map((action) =>
          environment.referred(action, "aws_sns_topic"),
        );
        const reached = topics.some((topic) => topic !== undefined && subscribed.includes(topic));
        return unless(reached, alarm, "a topic that has a subscription", alarm.attributes.alarm_actions);
      });
    },
  },
  {
    name: "topics and their keys accept alarms and events",
    reason: "CloudWatch and EventBridge could not publish, which only the history of an alarm reports",
    violations: (environment) =>
      environment.all("aws_sns_topic").flatMap((topic) => {
        const { policy, kms_master_key_id } = topic.attributes;
        const key = environment.referred(kms_master_key_id, "aws_kms_key")?.attributes.policy;
        return ["cloudwatch.amazonaws.com", "events.amazonaws.com"].flatMap((service) => {
          const usesKey =
            kms_master_key_id === undefined || allows(key, service, ["kms:Decrypt", "kms:GenerateDataKey"]);
          return unless(
            usesKey && allows(policy, service, ["sns:Publish"]),
            topic,
            `sns:Publish for ${service}, and a customer managed key of this environment that it may use, or none`,
            { policy, kms_master_key_id },
          );
        });
      }),
  },
];
