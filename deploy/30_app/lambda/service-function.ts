import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { Construct } from "constructs";
import type { CoreOutputs } from "../../10_core/outputs";
import type { Statement } from "../../shared/policy-document";
import { suppressCheck } from "../../shared/suppression";
import { Artifact } from "./artifact";
import { functionRole } from "./function-role";
import { architecture, runtime } from "./runtime";

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html */
export interface LogLevels {
  readonly application: "DEBUG" | "INFO" | "WARN" | "ERROR";
  readonly system: "DEBUG" | "INFO" | "WARN";
}

export interface ServiceFunctionProps {
  readonly name: string;
  readonly artifact: "api.zip" | "worker.zip" | "producer.zip";
  readonly description: string;
  readonly layerArn: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly logLevels: LogLevels;
  /** Undefined: the function shares the account's concurrency. */
  readonly reservedConcurrency: number | undefined;
  readonly core: CoreOutputs;
  /** Permissions in addition to logging, tracing and the use of the key. */
  readonly permissions: readonly Statement[];
}

/** A function with its log group, its role and the alias `live`, through which it is invoked. */
export class ServiceFunction extends Construct {
  readonly function: LambdaFunction;
  readonly live: LambdaAlias;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    const { name, core } = props;
    const { filename, hash } = new Artifact(this, "artifact", props.artifact);
    const logGroup = new CloudwatchLogGroup(this, "log-group", {
      name: `/aws/lambda/${name}`,
      retentionInDays: core.log_retention_days,
      kmsKeyId: core.key_arn,
    });
    const role = functionRole(this, {
      name,
      core,
      logGroupArn: logGroup.arn,
      permissions: props.permissions,
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
      layers: [props.layerArn],
      memorySize: props.memoryMb,
      timeout: props.timeoutSeconds,
      reservedConcurrentExecutions: props.reservedConcurrency,
      environment: { variables: present(props.environment) },
      kmsKeyArn: core.key_arn,
      tracingConfig: { mode: "Active" },
      loggingConfig: {
        logFormat: "JSON",
        logGroup: logGroup.name,
        // Without it Lambda drops entries below INFO, whatever the function's own level is.
        applicationLogLevel: props.logLevels.application,
        systemLogLevel: props.logLevels.system,
      },
      publish: true,
      // Lambda creates a missing log group itself, without retention, at the first invocation; and a function without
      // its permissions would fail its first invocations.
      dependsOn: [logGroup, ...role.attachments],
    });
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
      name: "live",
      functionName: this.function.functionName,
      functionVersion: this.function.version,
    });
  }
}

const present = (variables: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
