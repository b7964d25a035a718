import { bucketNames, queueNames, tableNames } from "@serverless-tasks/functions/service";
import type { EnvironmentConfig } from "../config/environment-config";
import { hasPostgres } from "../config/task-store";
import { outputsOf } from "../shared/each-of";
import type { Contract, Optional, Outputs } from "../shared/state-contract";

/** Outputs of the infra layer for the app layer. */
export const infraOutputs = {
  api_id: "string",
  api_endpoint: "string",
  /** Prefix of the source ARN of every invocation by the API. */
  api_execution_arn: "string",
  /** The name servers of a hosted zone that this layer creates, separated by commas. */
  name_servers: "optional string",
  /** The secret that CloudFront sends to the API. */
  origin_secret_arn: "optional string",
  /** Of the private network: its subnets by availability zone, and the security group of the functions. */
  subnet_ids: "optional string map",
  functions_security_group_id: "optional string",
  ...outputsOf(queueNames, ["queue_url", "queue_arn", "dead_letter_queue_url", "dead_letter_queue_arn"]),
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
  ...outputsOf(tableNames, ["table_name", "table_arn"]),
  ...outputsOf(bucketNames, ["bucket_name", "bucket_arn"]),
  /** The cache that limits rates. */
  cache_url: "optional string",
  /** Of the PostgreSQL database: how functions connect, the id in permissions to connect, the master user's secret. */
  database_url: "optional string",
  database_resource_id: "optional string",
  database_secret_arn: "optional string",
  /** The composite alarm of this layer, when tfvars enable alarms. */
  unhealthy_alarm_arn: "optional string",
  /** JSON of the dashboard's widgets for this layer, without the brackets of the list, when tfvars enable alarms. */
  dashboard_widgets: "optional string",
} as const satisfies Contract;

export type InfraOutputs = Outputs<typeof infraOutputs>;

/** Whether the layer publishes each of its optional outputs. */
export const presentInfraOutputs = ({
  core,
  infra: { table, domain, edge, network, store, cache },
}: EnvironmentConfig): Readonly<Record<Optional<typeof infraOutputs>, boolean>> => ({
  name_servers: domain?.create_zone === true,
  origin_secret_arn: edge !== undefined,
  subnet_ids: network !== undefined,
  functions_security_group_id: network !== undefined,
  table_name: table.enabled,
  table_arn: table.enabled,
  cache_url: cache !== undefined,
  database_url: hasPostgres({ store }),
  database_resource_id: hasPostgres({ store }),
  database_secret_arn: hasPostgres({ store }),
  unhealthy_alarm_arn: core.alarms_enabled,
  dashboard_widgets: core.alarms_enabled,
});
