import type { Contract, Outputs } from "../shared/state-contract";

/** Outputs of the infra layer for the app layer. */
export const infraOutputs = {
  api_id: "string",
  api_endpoint: "string",
  /** Prefix of the source ARN of every invocation by the API. */
  api_execution_arn: "string",
  task_queue_url: "string",
  task_queue_arn: "string",
  task_dead_letter_queue_url: "string",
  task_dead_letter_queue_arn: "string",
  /** The queue of events that could not be delivered to a function. */
  event_dead_letter_queue_url: "string",
  event_dead_letter_queue_arn: "string",
  /** By schedule name; the outbox sweep is one of them. */
  rule_names: "string map",
  rule_arns: "string map",
  /** By the name that task types declare. */
  secret_arns: "string map",
  table_name: "optional string",
  table_arn: "optional string",
} as const satisfies Contract;

export type InfraOutputs = Outputs<typeof infraOutputs>;
