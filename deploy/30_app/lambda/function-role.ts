import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { CoreOutputs } from "../../10_core/outputs";
import { policyDocument, trustService, type Statement } from "../../shared/policy-document";

export interface FunctionRoleProps {
  /** The function. */
  readonly name: string;
  /** What the name of the role ends with: `globalSuffix` of the environment. */
  readonly suffix: string;
  readonly core: CoreOutputs;
  readonly logGroupArn: string;
  readonly permissions: readonly Statement[];
}

export interface FunctionRole {
  readonly arn: string;
  /** Resources that must exist before a function uses the role. */
  readonly attachments: readonly ITerraformDependable[];
}

/** The role of one function, limited by the core layer's boundary. */
export function functionRole(
  scope: Construct,
  { name, suffix, core, logGroupArn, permissions }: FunctionRoleProps,
): FunctionRole {
  const role = new IamRole(scope, "role", {
    name: `${name}${suffix}`,
    description: `Execution role of the Lambda function ${name}`,
    assumeRolePolicy: trustService("lambda.amazonaws.com"),
    permissionsBoundary: core.permissions_boundary_arn,
  });
  const own = new IamRolePolicy(scope, "role-policy", {
    name: "function",
    role: role.name,
    policy: policyDocument([
      {
        Sid: "WriteLogs",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
        Resource: `${logGroupArn}:*`,
      },
      ...permissions,
    ]),
  });
  const attach = (id: string, policyArn: string) =>
    new IamRolePolicyAttachment(scope, id, { role: role.name, policyArn });
  const tracing = attach("role-tracing", core.tracing_policy_arn);
  const key =
    core.key_usage_policy_arn === undefined ? [] : [attach("role-key-usage", core.key_usage_policy_arn)];
  return { arn: role.arn, attachments: [own, tracing, ...key] };
}
