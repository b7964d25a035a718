import type { Contract, Outputs } from "../shared/state-contract";

/** What the infra layer publishes for the app layer. */
export const infraOutputs = {
  api_id: "text",
  api_endpoint: "text",
  /** First part of the source ARN of every call that the API makes to a function. */
  api_execution_arn: "text",
  task_queue_url: "text",
  task_queue_arn: "text",
  task_dead_letter_queue_url: "text",
  task_dead_letter_queue_arn: "text",
  /** Where events end that could not be delivered to a function. */
  event_dead_letter_queue_url: "text",
  event_dead_letter_queue_arn: "text",
  /** By schedule name; the outbox sweep is one of them. */
  rule_names: "text map",
  rule_arns: "text map",
  /** By the name that task types declare. */
  secret_arns: "text map",
  table_name: "optional text",
  table_arn: "optional text",
} as const satisfies Contract;

export type InfraOutputs = Outputs<typeof infraOutputs>;
