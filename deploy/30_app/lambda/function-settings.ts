import { permissionsOf } from "@serverless-tasks/functions/permissions";
import {
  bucketNames,
  functions,
  queueNames,
  taskFunctions,
  tableNames,
  type FunctionName,
} from "@serverless-tasks/functions/service";
import { settingNames } from "@serverless-tasks/functions/settings";
import { resourceVariables } from "@serverless-tasks/functions/shared/runtime/resource-variables";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { CoreOutputs } from "../../10_core/outputs";
import { outsideBoundary } from "../../10_core/permissions-boundary";
import type { InfraOutputs } from "../../20_infra/outputs";
import { database } from "../../20_infra/store/database-names";
import type { EnvironmentConfig } from "../../config/environment-config";
import { regionalArn } from "../../shared/arn";
import { wholeFileError } from "../../shared/errors";
import { outputOf } from "../../shared/each-of";
import type { Alarms } from "../../shared/alarms";
import { globalSuffix, type Naming } from "../../shared/naming";
import type { Statement } from "../../shared/policy-document";
import { serviceVersion } from "../release";
import { dataPermissions } from "./data-permissions";
import type { Placement } from "./network-permissions";
import { ServiceFunction, type ServiceFunctionProps } from "./service-function";

/** The configuration of the functions of an environment. */
export interface FunctionContext {
  readonly config: EnvironmentConfig;
  readonly nameOf: Naming;
  readonly core: CoreOutputs;
  readonly infra: InfraOutputs;
  readonly layerArn: string;
  /** Where tasks are in PostgreSQL: the layer of its store, and the migrations. */
  readonly postgres?: { readonly layerArn: string; readonly migrated: ITerraformDependable } | undefined;
  readonly alarms: Alarms;
}

/** What a function has in addition to what follows from its declaration and its permissions. */
interface OwnSettings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly timeoutSeconds: number;
  readonly invocation: ServiceFunctionProps["invocation"];
  readonly heartbeatSeconds?: number;
  /** Layers in addition to those that follow from its declaration. */
  readonly layerArns?: readonly string[] | undefined;
  readonly permissions?: readonly Statement[];
}

/** A function of functions/service.ts. */
export function serviceFunction(
  scope: Construct,
  name: FunctionName,
  context: FunctionContext,
  { environment, permissions = [], layerArns = [], ...own }: OwnSettings,
): ServiceFunction {
  const { config, nameOf, core, infra, layerArn, alarms } = context;
  const postgres = taskFunctions.some((each) => each === name) ? context.postgres : undefined;
  const { memory_mb, reserved_concurrency } = config.app[name];
  const granted = [
    ...dataPermissions(permissionsOf(name), infra),
    ...(postgres ? connectDatabase(core, infra) : []),
    ...permissions,
  ];
  const outside = outsideBoundary(granted);
  if (outside.length > 0) throw beyondBoundary(name, outside);
  return new ServiceFunction(scope, name, {
    name: nameOf(name),
    artifact: `${name}.zip`,
    layerArns: [layerArn, ...(postgres ? [postgres.layerArn] : []), ...layerArns],
    after: postgres?.migrated,
    memoryMb: memory_mb,
    reservedConcurrency: reserved_concurrency,
    logLevels: { application: config.app.log_level, system: config.app.system_log_level },
    tracingMode: config.app.tracing_mode,
    core,
    alarms,
    thresholds: config.app.alarms,
    description: functions[name].description,
    environment: { ...environment, ...variablesOf(name, context) },
    permissions: granted,
    placement: placementOf(context),
    roleSuffix: globalSuffix(config),
    limitedByFailover: config.core.recovery !== undefined && name === "api",
    ...own,
  });
}

/** A connection as the functions' role, without a password. */
const connectDatabase = (core: CoreOutputs, { database_resource_id }: InfraOutputs): Statement[] =>
  database_resource_id === undefined
    ? []
    : [
        {
          Sid: "ConnectDatabase",
          Effect: "Allow",
          Action: "rds-db:connect",
          Resource: regionalArn(core, "rds-db", `dbuser:${database_resource_id}/${database.role}`),
        },
      ];

/** Environment variables of every function. */
export const baseVariables = (service: FunctionName, { config }: FunctionContext) => ({
  PROJECT: config.core.project,
  ENVIRONMENT: config.name,
  SERVICE_NAME: service,
  SERVICE_VERSION: serviceVersion,
  LOG_LEVEL: config.app.log_level,
});

/** Environment variables of the functions that create or run tasks. */
export const commonVariables = (service: FunctionName, context: FunctionContext) => ({
  ...baseVariables(service, context),
  TASK_QUEUE_URL: context.infra.task_queue_url,
  TABLE_NAME: context.infra.table_name,
  DATABASE_URL: context.infra.database_url,
  TASK_RETENTION_DAYS: context.config.infra.table.task_retention_days?.toString(),
});

/** The resources that a function has permissions on, and the settings of the service. */
function variablesOf(name: FunctionName, { config, infra }: FunctionContext): Record<string, string> {
  const { queues, tables, buckets } = permissionsOf(name);
  return Object.fromEntries([
    ...queueNames
      .filter((queue) => queue in queues)
      .map((queue) => [resourceVariables.queue(queue), outputOf(infra, queue, "queue_url")] as const),
    ...tableNames
      .filter((table) => table in tables)
      .map((table) => [resourceVariables.table(table), outputOf(infra, table, "table_name")] as const),
    ...bucketNames
      .filter((bucket) => bucket in buckets)
      .map((bucket) => [resourceVariables.bucket(bucket), outputOf(infra, bucket, "bucket_name")] as const),
    ...(settingNames.length > 0 ? [["SETTINGS", JSON.stringify(config.app.settings)] as const] : []),
  ]);
}

/** The network of the infra layer, when tfvars place the functions there. */
export function placementOf({ config, infra }: FunctionContext): Placement | undefined {
  const { subnet_ids, functions_security_group_id: securityGroupId } = infra;
  if (!config.app.in_network || subnet_ids === undefined || securityGroupId === undefined) return undefined;
  const zones = config.infra.network?.availability_zones ?? [];
  return { subnetIds: zones.map(subnet_ids.entry), securityGroupId };
}

const beyondBoundary = (name: FunctionName, actions: readonly string[]) =>
  wholeFileError("outside-boundary", `functions/${name}/permissions.ts`, {
    expected: "actions that deploy/10_core/permissions-boundary.ts allows functions",
    found: actions.join(", "),
    hint: "AWS would deny them. Add them to the boundary, and have an administrator apply core before app.",
  });
