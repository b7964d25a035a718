import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { Construct } from "constructs";
import type { CoreOutputs } from "../../10_core/outputs";
import { findFlowLogsAction, flowLogsName, writeFlowLogsActions } from "../../shared/flow-logs";
import type { Naming } from "../../shared/naming";
import { policyDocument } from "../../shared/policy-document";

export interface FlowLogProps {
  readonly nameOf: Naming;
  readonly core: CoreOutputs;
  readonly vpcId: string;
}

/** Ten minutes; one minute would write more entries. */
const aggregationSeconds = 600;

/** Logs who connects to whom in a VPC, and what was rejected. */
export function flowLog(scope: Construct, { nameOf, core, vpcId }: FlowLogProps): void {
  const name = nameOf(flowLogsName);
  const group = new CloudwatchLogGroup(scope, "flow-log-group", {
    name: `/aws/vendedlogs/${name}`,
    retentionInDays: core.log_retention_days,
    kmsKeyId: core.key_arn,
  });
  const role = new IamRole(scope, "flow-log-role", {
    name,
    description: "Writes the flow logs of the VPC",
    assumeRolePolicy: policyDocument([
      {
        Sid: "Assume",
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": core.account_id } },
      },
    ]),
    permissionsBoundary: core.permissions_boundary_arn,
  });
  const policy = new IamRolePolicy(scope, "flow-log-role-policy", {
    name: "flow-logs",
    role: role.name,
    policy: policyDocument([
      {
        Sid: "WriteFlowLogs",
        Effect: "Allow",
        Action: writeFlowLogsActions,
        Resource: `${group.arn}:*`,
      },
      { Sid: "FindFlowLogs", Effect: "Allow", Action: findFlowLogsAction, Resource: "*" },
    ]),
  });
  new FlowLog(scope, "flow-log", {
    vpcId,
    trafficType: "ALL",
    logDestination: group.arn,
    iamRoleArn: role.arn,
    maxAggregationInterval: aggregationSeconds,
    dependsOn: [policy],
  });
}
