import { LambdaInvocation } from "@cdktf/provider-aws/lib/lambda-invocation";
import type { MigrationsEnvironment } from "@serverless-tasks/functions/migrations/env";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { globalSuffix, migrationsName } from "../../shared/naming";
import { suppressCheck } from "../../shared/suppression";
import { Artifact } from "../lambda/artifact";
import { placementOf, type FunctionContext } from "../lambda/function-settings";
import { ServiceFunction } from "../lambda/service-function";
import { serviceVersion } from "../release";

const memoryMb = 512;
/** A cluster that is paused resumes within 30 s; the rest is for the statements of one release. */
const timeoutSeconds = 300;

/**
 * The function that migrates the database, and its invocation by each deployment that has other migrations.
 * @returns what the functions that use the database depend on; undefined without a database
 */
export function migrations(scope: Construct, context: FunctionContext): ITerraformDependable | undefined {
  const { config, nameOf, core, infra, alarms } = context;
  const { database_url, database_secret_arn } = infra;
  if (database_url === undefined || database_secret_arn === undefined) return undefined;
  const environment: MigrationsEnvironment = {
    PROJECT: config.core.project,
    ENVIRONMENT: config.name,
    SERVICE_NAME: migrationsName,
    SERVICE_VERSION: serviceVersion,
    LOG_LEVEL: config.app.log_level,
    DATABASE_URL: database_url,
    MASTER_SECRET_ARN: database_secret_arn,
  };
  const { function: migrating, live } = new ServiceFunction(scope, migrationsName, {
    name: nameOf(migrationsName),
    artifact: `${migrationsName}.zip`,
    // Its zip has all packages that it needs.
    layerArns: [],
    memoryMb,
    timeoutSeconds,
    reservedConcurrency: undefined,
    logLevels: { application: config.app.log_level, system: config.app.system_log_level },
    tracingMode: config.app.tracing_mode,
    core,
    alarms,
    thresholds: config.app.alarms,
    description: "Migrates the database of tasks",
    environment,
    invocation: "synchronous",
    permissions: [
      {
        Sid: "ReadMasterSecret",
        Effect: "Allow",
        Action: "secretsmanager:GetSecretValue",
        Resource: database_secret_arn,
      },
    ],
    placement: placementOf(context),
    roleSuffix: globalSuffix(config),
    limitedByFailover: false,
  });
  suppressCheck(
    migrating,
    "CKV_AWS_115",
    "only deployments invoke it; a lock in the database lets one of two migrate at a time",
  );
  return new LambdaInvocation(scope, "migrate", {
    functionName: migrating.functionName,
    input: "{}",
    triggers: { migrations: new Artifact(scope, "migrations-artifact", `${migrationsName}.zip`).hash },
    dependsOn: [live],
  });
}
