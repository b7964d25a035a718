import { regionalArn } from "../../../shared/arn";
import type { DeploymentPermission, DeploymentScope } from "./permission";

/** The core layer: the key, and the policies that functions build on. */
export function corePermissions({ place, namePrefix, tags }: DeploymentScope): DeploymentPermission[] {
  const iam = (resource: string) => `arn:${place.partition}:iam::${place.account_id}:${resource}`;
  return [
    {
      sid: "Policies",
      resources: [iam(`policy/${namePrefix}-*`)],
      look: ["iam:GetPolicy", "iam:GetPolicyVersion"],
      change: [
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
      look: ["iam:GetOpenIDConnectProvider"],
      change: ["iam:TagOpenIDConnectProvider", "iam:UntagOpenIDConnectProvider"],
    },
    {
      // KMS gives keys their names: what tells this environment's from others are their tags. Who may use the key, and
      // whether there is one, is decided by a person.
      sid: "Key",
      resources: [regionalArn(place, "kms", "key/*")],
      look: ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"],
      change: ["kms:TagResource", "kms:UntagResource", "kms:UpdateKeyDescription"],
      changeCondition: {
        StringEquals: {
          "aws:ResourceTag/Project": tags.Project,
          "aws:ResourceTag/Environment": tags.Environment,
        },
      },
    },
    { sid: "KeyAliases", resources: ["*"], look: ["kms:ListAliases"], change: [] },
  ];
}
