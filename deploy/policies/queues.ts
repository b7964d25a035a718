import { longestRetentionDays } from "../config/schemas/queue";
import { at, numberAt, redriveOf } from "./attributes";
import type { ResolvedEnvironment, Resource } from "./resolved-environment";
import { unless, type Rule } from "./rule";

const longestRetentionSeconds = longestRetentionDays * 86_400;
/** Defaults of SQS. */
const defaultVisibilitySeconds = 30;
const defaultRetentionSeconds = 345_600;
const defaultFunctionSeconds = 3;
const fewestReceives = 5;

/** An event source mapping, the queue it reads and the function it calls. */
const consumers = (environment: ResolvedEnvironment) =>
  environment.all("aws_lambda_event_source_mapping").flatMap((mapping) => {
    const queue = environment.referred(mapping.attributes.event_source_arn, "aws_sqs_queue");
    return queue === undefined ? [] : [{ mapping, queue, worker: functionBehind(environment, mapping) }];
  });

function functionBehind(environment: ResolvedEnvironment, { attributes }: Resource) {
  const alias = environment.referred(attributes.function_name, "aws_lambda_alias");
  return environment.referred(
    alias?.attributes.function_name ?? attributes.function_name,
    "aws_lambda_function",
  );
}

const deadLetterQueueOf = (environment: ResolvedEnvironment, queue: Resource) =>
  environment.referred(redriveOf(queue.attributes.redrive_policy)?.deadLetterTargetArn, "aws_sqs_queue");

export const queueRules: readonly Rule[] = [
  {
    name: "consumed queues have a dead-letter queue",
    reason: "a message that always fails would be redelivered until it expires, unnoticed",
    violations: (environment) =>
      consumers(environment).flatMap(({ queue }) =>
        unless(
          deadLetterQueueOf(environment, queue) !== undefined,
          queue,
          "a redrive_policy whose deadLetterTargetArn is a queue of this environment",
          queue.attributes.redrive_policy,
        ),
      ),
  },
  {
    name: "messages are received at least five times",
    reason: "throttled receives count: below 5, valid messages are moved to the dead-letter queue",
    violations: (environment) =>
      environment.all("aws_sqs_queue").flatMap((queue) => {
        const redrive = redriveOf(queue.attributes.redrive_policy);
        if (redrive === undefined) return [];
        const found = redrive.maxReceiveCount;
        return unless(found >= fewestReceives, queue, `maxReceiveCount of at least ${fewestReceives}`, found);
      }),
  },
  {
    name: "dead letters are retained longer than messages",
    reason: "a message keeps its age when it is moved: it would expire before its failure is investigated",
    violations: (environment) =>
      environment.all("aws_sqs_queue").flatMap((queue) => {
        const deadLetters = deadLetterQueueOf(environment, queue);
        if (deadLetters === undefined) return [];
        const retention = ["message_retention_seconds"];
        const kept = numberAt(deadLetters.attributes, retention, defaultRetentionSeconds);
        const source = numberAt(queue.attributes, retention, defaultRetentionSeconds);
        return unless(
          kept > source && kept === longestRetentionSeconds,
          deadLetters,
          `message_retention_seconds of ${longestRetentionSeconds}, more than the ${source} of ${queue.address}`,
          kept,
        );
      }),
  },
  {
    name: "messages are invisible while they are processed",
    reason:
      "a throttled or retried batch would be delivered again while the first delivery is still processed",
    violations: (environment) =>
      consumers(environment).flatMap(({ mapping, queue, worker }) => {
        const hidden = numberAt(queue.attributes, ["visibility_timeout_seconds"], defaultVisibilitySeconds);
        const window = numberAt(mapping.attributes, ["maximum_batching_window_in_seconds"], 0);
        const needed = 6 * numberAt(worker?.attributes, ["timeout"], defaultFunctionSeconds) + window;
        const expected = `visibility_timeout_seconds of at least ${needed}, 6 times the consumer's timeout and the batching window`;
        return unless(hidden >= needed, queue, expected, hidden);
      }),
  },
  {
    name: "consumers do not exceed their reserved concurrency",
    reason: "pollers beyond the reserved concurrency are throttled, and each throttle counts as a delivery",
    violations: (environment) =>
      consumers(environment).flatMap(({ mapping, worker }) => {
        const most = numberAt(mapping.attributes, ["scaling_config", "maximum_concurrency"]);
        const reserved = numberAt(
          worker?.attributes,
          ["reserved_concurrent_executions"],
          Number.POSITIVE_INFINITY,
        );
        const expected = `scaling_config.maximum_concurrency from 2 to the reserved concurrency of its function (${reserved})`;
        return unless(
          most >= 2 && most <= reserved,
          mapping,
          expected,
          at(mapping.attributes, "scaling_config"),
        );
      }),
  },
  {
    name: "consumers report failed messages individually",
    reason: "one failed message would cause the redelivery of its whole batch",
    violations: (environment) =>
      consumers(environment).flatMap(({ mapping }) => {
        const found = mapping.attributes.function_response_types;
        const reports = Array.isArray(found) && found.includes("ReportBatchItemFailures");
        return unless(reports, mapping, "function_response_types with ReportBatchItemFailures", found);
      }),
  },
];
