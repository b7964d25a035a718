import { at, numberAt } from "./attributes";
import type { ResolvedEnvironment, Resource } from "./resolved-environment";
import { unless, type Rule } from "./rule";

/** The aliases that are invoked asynchronously. */
function invokedAsynchronously(environment: ResolvedEnvironment): Set<Resource> {
  const invokers = [
    ...environment.all("aws_cloudwatch_event_target").map(({ attributes }) => attributes.arn),
    ...environment.all("aws_sns_topic_subscription").map(({ attributes }) => attributes.endpoint),
    ...environment.all("aws_scheduler_schedule").map(({ attributes }) => at(attributes, "target", "arn")),
  ];
  return new Set(
    invokers.flatMap((arn) => {
      const alias = environment.referred(arn, "aws_lambda_alias");
      return alias === undefined ? [] : [alias];
    }),
  );
}

export const eventRules: readonly Rule[] = [
  {
    name: "undelivered events are retried and then stored",
    reason: "an event that its target rejects would be lost silently",
    violations: (environment) =>
      environment.all("aws_cloudwatch_event_target").flatMap((target) => {
        const { retry_policy, dead_letter_config } = target.attributes;
        const stored = environment.referred(at(dead_letter_config, "arn"), "aws_sqs_queue") !== undefined;
        const retried =
          numberAt(retry_policy, ["maximum_retry_attempts"], 0) > 0 &&
          numberAt(retry_policy, ["maximum_event_age_in_seconds"], 0) > 0;
        const expected = "a retry_policy, and a dead_letter_config with a queue of this environment";
        return unless(stored && retried, target, expected, { retry_policy, dead_letter_config });
      }),
  },
  {
    name: "failed asynchronous invocations are stored once",
    reason:
      "Lambda drops an event after the last attempt, and sends it to both destinations when there are two",
    violations: (environment) =>
      [...invokedAsynchronously(environment)].flatMap((alias) => {
        const config = environment
          .all("aws_lambda_function_event_invoke_config")
          .find(({ attributes }) => environment.referred(attributes.qualifier, "aws_lambda_alias") === alias);
        const on_failure = at(config?.attributes, "destination_config", "on_failure", "destination");
        const called = environment.referred(alias.attributes.function_name, "aws_lambda_function");
        const dead_letter = at(called?.attributes.dead_letter_config, "target_arn");
        const once =
          environment.referred(on_failure, "aws_sqs_queue") !== undefined && dead_letter === undefined;
        const expected =
          "an aws_lambda_function_event_invoke_config of this alias with an on_failure queue, and no dead_letter_config";
        return unless(once, alias, expected, { on_failure, dead_letter });
      }),
  },
];
