import { iamArn } from "../../../shared/arn";
import { edgeRegionArns } from "../../../shared/edge-region";
import type { DeploymentPermission, DeploymentScope } from "./permission";

/** The core layer: the KMS key, and the IAM policies of the functions. */
export function corePermissions({
  awsContext,
  namePrefix,
  tags,
  parts,
}: DeploymentScope): DeploymentPermission[] {
  const iam = (resource: string) => iamArn(awsContext, resource);
  return [
    {
      sid: "Policies",
      resources: [iam(`policy/${namePrefix}-*`)],
      read: ["iam:GetPolicy", "iam:GetPolicyVersion"],
      write: [
        "iam:CreatePolicyVersion",
        "iam:DeletePolicyVersion",
        "iam:ListPolicyVersions",
        "iam:TagPolicy",
        "iam:UntagPolicy",
      ],
    },
    {
      sid: "GithubProvider",
      resources: [iam("oidc-provider/token.actions.githubusercontent.com")],
      read: ["iam:GetOpenIDConnectProvider"],
      write: ["iam:TagOpenIDConnectProvider", "iam:UntagOpenIDConnectProvider"],
    },
    {
      // KMS generates key ids, so tags identify the environment's key. Creating and deleting a key, and changing its
      // policy, is left to an administrator.
      sid: "Key",
      resources: edgeRegionArns(awsContext, parts, "kms", "key/*"),
      read: ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"],
      write: ["kms:TagResource", "kms:UntagResource", "kms:UpdateKeyDescription"],
      writeCondition: {
        StringEquals: {
          "aws:ResourceTag/Project": tags.Project,
          "aws:ResourceTag/Environment": tags.Environment,
        },
      },
    },
    { sid: "KeyAliases", resources: ["*"], read: ["kms:ListAliases"], write: [] },
  ];
}
