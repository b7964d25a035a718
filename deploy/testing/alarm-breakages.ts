import { replace, set, without, type Breakage } from "./breakage";

const reach = "alarms notify a topic with a subscriber";
const accepts = "topics and their keys accept alarms and events";

/** Changes that violate the rules of alarms. */
export const alarmBreakages: readonly Breakage[] = [
  [
    "queues, topics and buckets require TLS",
    "core",
    "aws_sns_topic",
    "alarm-topic",
    replace("policy", '"false"', '"true"'),
  ],
  ...["task-queue_tasks", "task-queue_dead-letter", "event-dead"].map((queue): Breakage => [
    "resources have alarms",
    "infra",
    "aws_sqs_queue",
    queue,
    set({ name: "other" }),
  ]),
  ["resources have alarms", "infra", "aws_dynamodb_table", "task-table", set({ name: "other" })],
  ["resources have alarms", "infra", "aws_cloudwatch_event_rule", "rule-", set({ name: "other" })],
  ["resources have alarms", "app", "aws_lambda_function", "worker", set({ function_name: "other" })],
  [reach, "infra", "aws_cloudwatch_metric_alarm", "http-api", set({ alarm_actions: [] })],
  [reach, "app", "aws_cloudwatch_composite_alarm", "unhealthy", without("alarm_actions")],
  [reach, "core", "aws_sns_topic_subscription", "alarm-topic", set({ topic_arn: "arn:aws:sns:other" })],
  [
    accepts,
    "core",
    "aws_sns_topic",
    "alarm-topic",
    replace("policy", "cloudwatch.amazonaws.com", "events.amazonaws.com"),
  ],
  [accepts, "core", "aws_sns_topic", "alarm-topic", set({ kms_master_key_id: "alias/aws/sns" })],
  [
    accepts,
    "core",
    "aws_kms_key",
    "alarm-topic",
    replace("policy", "events.amazonaws.com", "sns.amazonaws.com"),
  ],
  [
    accepts,
    "core",
    "aws_kms_key",
    "alarm-topic",
    replace("policy", "kms:GenerateDataKey", "kms:DescribeKey"),
  ],
];
