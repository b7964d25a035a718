import { functionNames, type FunctionName } from "@serverless-tasks/functions/service";
import { DataResource, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import { timeoutSecondsOf } from "../../config/function-timeout";
import { mapOf } from "../../shared/each-of";
import { liveAlias } from "../../shared/naming";
import { commit } from "../release";
import { Artifact } from "./artifact";
import type { FunctionContext } from "./function-settings";
import type { ReleaseInput } from "./release-input";
import type { ServiceFunction } from "./service-function";

/** The ends of the names of the alarms that a bad version starts. */
export const watchedConditions = [
  "errors",
  "throttles",
  "duration",
  "events-dropped",
  "5xx",
  "latency",
  "not-empty",
] as const;

/**
 * Releases the versions of the functions: when one of them has changed, Terraform runs the release program, which checks
 * the versions and moves the aliases of all functions, or none. If it fails, so does the apply, and the next apply repeats
 * it. Terraform creates the aliases and ignores which versions they name: docs/decisions/0002-alias-owner.md
 */
export function releaseVersions(
  scope: Construct,
  { config, nameOf }: FunctionContext,
  functions: Readonly<Record<FunctionName, ServiceFunction>>,
): void {
  const { release, alarms } = config.app;
  const { filename } = new Artifact(scope, "release-program", "release.cjs");
  const versions = mapOf(functionNames, (name) => functions[name].function.version);
  const released = [...versions].map(([name, version]) => {
    const timeout_seconds = timeoutSecondsOf(config, name);
    return [name, { name: nameOf(name), version, timeout_seconds }] as const;
  });
  const input: ReleaseInput = {
    region: config.core.region,
    ...(config.standbyOf !== undefined && { standby: true }),
    alias: liveAlias,
    commit: commit(),
    functions: Object.fromEntries(released),
    ...(config.core.alarms_enabled && { alarms: { prefix: nameOf(""), conditions: [...watchedConditions] } }),
    error_percent: alarms.function_error_percent,
    duration_percent: alarms.duration_percent,
    ...release,
  };
  new DataResource(scope, "release", {
    triggersReplace: Object.fromEntries(versions),
    // The checks send a task through the queue.
    dependsOn: scope.node.findAll().filter(isLambdaResource),
    provisioners: [
      {
        type: "local-exec",
        command: `node ${filename}`,
        environment: { RELEASE: JSON.stringify(input) },
      },
    ],
  });
}

const isLambdaResource = (node: unknown): node is TerraformResource =>
  TerraformResource.isTerraformResource(node) && node.terraformResourceType.startsWith("aws_lambda_");
