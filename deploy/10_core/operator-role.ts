import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import { policyDocument } from "../shared/policy-document";
import { operatorStatements } from "./operator-permissions";
import type { OperatorScope } from "./operator-scope";

export interface OperatorRoleProps extends OperatorScope {
  /** ARNs of the IAM roles and users that may assume it. */
  readonly operators: readonly string[];
}

const maxSessionSeconds = 3600;

/**
 * The role of operators on call: what the commands of the group Operate need to read the service's state and logs, to
 * pause it, to roll it back, to retry and cancel tasks by the API, and to redrive dead letters. It deploys nothing, reads
 * no secret, and has no access to the table but to the reason of one dead letter.
 */
export class OperatorRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: OperatorRoleProps) {
    super(scope, id);
    const { namePrefix, operators } = props;
    const policy = new IamPolicy(this, "policy", {
      name: `${namePrefix}-operator`,
      description: "Permissions of operators on call, and their boundary",
      policy: policyDocument(operatorStatements(props)),
    });
    const role = new IamRole(this, "Resource", {
      name: `${namePrefix}-operator`,
      description: "Assumed by operators on call",
      assumeRolePolicy: policyDocument([
        { Sid: "Operators", Effect: "Allow", Principal: { AWS: [...operators] }, Action: "sts:AssumeRole" },
      ]),
      // The same policy: another one that is attached later has no effect beyond it.
      permissionsBoundary: policy.arn,
      maxSessionDuration: maxSessionSeconds,
    });
    new IamRolePolicyAttachment(this, "attachment", { role: role.name, policyArn: policy.arn });
    this.arn = role.arn;
  }
}
