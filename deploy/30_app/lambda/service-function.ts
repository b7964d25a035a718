import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { CoreOutputs } from "../../10_core/outputs";
import type { AppConfig } from "../../config/schemas/app";
import { metricsOf, type AlarmDefinitions, type Alarms } from "../../shared/alarms";
import { liveAlias } from "../../shared/naming";
import type { Statement } from "../../shared/policy-document";
import { suppressCheck } from "../../shared/suppression";
import { Artifact, type ArtifactFile } from "./artifact";
import { functionRole } from "./function-role";
import { networkPermissions, type Placement } from "./network-permissions";
import { architecture, runtime } from "./runtime";

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html */
export interface LogLevels {
  readonly application: "DEBUG" | "INFO" | "WARN" | "ERROR";
  readonly system: "DEBUG" | "INFO" | "WARN";
}

export interface ServiceFunctionProps {
  readonly name: string;
  readonly artifact: ArtifactFile;
  readonly description: string;
  readonly layerArns: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly logLevels: LogLevels;
  readonly tracingMode: AppConfig["tracing_mode"];
  /** Undefined: the function shares the account's concurrency. */
  readonly reservedConcurrency: number | undefined;
  readonly core: CoreOutputs;
  readonly alarms: Alarms;
  readonly thresholds: AppConfig["alarms"];
  /** Asynchronous events that fail are retried, and lost if their destination is not reached: no error is tolerated. */
  readonly invocation: "synchronous" | "asynchronous";
  /** For a function that a schedule invokes: the interval. */
  readonly heartbeatSeconds?: number;
  /** Permissions in addition to logging, tracing and the use of the key. */
  readonly permissions: readonly Statement[];
  /** What the name of its role ends with: `globalSuffix` of the environment. */
  readonly roleSuffix: string;
  /** Whether a failover changes the reserved concurrency, which Terraform then sets only when it creates the function. */
  readonly limitedByFailover: boolean;
  /** Undefined: the function is in no VPC. */
  readonly placement: Placement | undefined;
  /** What must be applied before the function changes. */
  readonly after?: ITerraformDependable | undefined;
}

/** A function with its log group, its role and the alias `live`, through which it is invoked. */
export class ServiceFunction extends Construct {
  readonly function: LambdaFunction;
  readonly live: LambdaAlias;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    const { name, core, placement } = props;
    const { filename, hash } = new Artifact(this, "artifact", props.artifact);
    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: `/aws/lambda/${name}`,
      retentionInDays: core.log_retention_days,
      kmsKeyId: core.key_arn,
    });
    const role = functionRole(this, {
      name,
      suffix: props.roleSuffix,
      core,
      logGroupArn: logGroup.arn,
      permissions: [...props.permissions, ...(placement ? networkPermissions(name, core, placement) : [])],
    });

    this.function = new LambdaFunction(this, "Resource", {
      functionName: name,
      description: props.description,
      role: role.arn,
      runtime,
      architectures: [architecture],
      handler: "index.handler",
      filename,
      sourceCodeHash: hash,
      layers: [...props.layerArns],
      memorySize: props.memoryMb,
      timeout: props.timeoutSeconds,
      reservedConcurrentExecutions: props.reservedConcurrency,
      environment: { variables: present(props.environment) },
      kmsKeyArn: core.key_arn,
      ...(placement && {
        vpcConfig: { subnetIds: [...placement.subnetIds], securityGroupIds: [placement.securityGroupId] },
      }),
      tracingConfig: { mode: props.tracingMode },
      loggingConfig: {
        logFormat: "JSON",
        logGroup: logGroup.name,
        // Without it Lambda drops entries below INFO, whatever the function's own level is.
        applicationLogLevel: props.logLevels.application,
        systemLogLevel: props.logLevels.system,
      },
      publish: true,
      ...(props.limitedByFailover && { lifecycle: { ignoreChanges: ["reserved_concurrent_executions"] } }),
      // Lambda creates a missing log group itself, without retention, at the first invocation; and a function without
      // its permissions would fail its first invocations.
      dependsOn: [logGroup, ...role.attachments, ...(props.after ? [props.after] : [])],
    });
    if (placement === undefined)
      suppressCheck(this.function, "CKV_AWS_117", "calls public AWS endpoints only; needs nothing in a VPC");
    suppressCheck(
      this.function,
      "CKV_AWS_272",
      "source_code_hash pins the zip; code signing needs an AWS Signer profile",
    );
    suppressCheck(
      this.function,
      "CKV_AWS_116",
      "asynchronous invocations have an on-failure destination on the alias; with both, each event is stored twice",
    );
    this.live = new LambdaAlias(this, "live", {
      name: liveAlias,
      functionName: this.function.functionName,
      // The first version. After that, releases and rollbacks move the alias: docs/decisions/0002-alias-owner.md
      functionVersion: this.function.version,
      lifecycle: { ignoreChanges: ["function_version", "routing_config"] },
    });
    const metric = metricsOf("AWS/Lambda", { FunctionName: name });
    props.alarms.add(this, name, functionAlarms(props, metric), {
      invocations: ["Invocations", "Errors", "Throttles"].map((count) => metric(count)),
      duration: ["p50", "p95", "p99"].map((percentile) => metric("Duration", percentile)),
      concurrency: [metric("ConcurrentExecutions", "Maximum")],
      "billed duration (cost)": [metric("Duration")],
      "logs (cost)": [metricsOf("AWS/Logs", { LogGroupName: `/aws/lambda/${name}` })("IncomingBytes")],
    });
  }
}

function functionAlarms(props: ServiceFunctionProps, metric: ReturnType<typeof metricsOf>): AlarmDefinitions {
  const { thresholds, reservedConcurrency, heartbeatSeconds, timeoutSeconds } = props;
  const [errors, invocations] = [metric("Errors"), metric("Invocations")];
  const synchronous: AlarmDefinitions = {
    errors: {
      ...{ summary: "Invocations end with an error", metrics: [errors, invocations], symptom: true },
      ...{ expression: "100 * m0 / m1", above: thresholds.function_error_percent, datapoints: [2, 3] },
    },
  };
  const asynchronous: AlarmDefinitions = {
    errors: { summary: "An invocation ended with an error", metrics: [errors], above: 0, symptom: true },
    "events-dropped": {
      ...{
        summary: "Lambda has dropped an event after its retries",
        metrics: [metric("AsyncEventsDropped")],
      },
      above: 0,
    },
    "destination-failures": {
      summary: "Lambda could not store a failed event in its destination",
      ...{ metrics: [metric("DestinationDeliveryFailures")], above: 0 },
    },
  };
  return {
    throttles: { summary: "Invocations are throttled", metrics: [metric("Throttles")], above: 0 },
    duration: {
      ...{ summary: "The slowest invocations are near the timeout", metrics: [metric("Duration", "p99")] },
      ...{ above: timeoutSeconds * 10 * thresholds.duration_percent, datapoints: [2, 3] },
    },
    ...(props.invocation === "asynchronous" ? asynchronous : synchronous),
    ...(reservedConcurrency !== undefined && {
      concurrency: {
        summary: "Concurrent executions are near the reserved concurrency",
        metrics: [metric("ConcurrentExecutions", "Maximum")],
        above: (reservedConcurrency * thresholds.concurrency_percent) / 100,
      },
    }),
    ...(heartbeatSeconds !== undefined && {
      heartbeat: {
        ...{ summary: "The schedule does not invoke the function", metrics: [invocations], below: 1 },
        ...{ periodSeconds: heartbeatSeconds, datapoints: [3, 3], symptom: true },
      },
    }),
  };
}

const present = (variables: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
