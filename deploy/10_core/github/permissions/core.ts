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
        "iam:CreatePolicy",
        "iam:CreatePolicyVersion",
        "iam:DeletePolicy",
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
      change: [],
    },
    {
      // KMS gives keys their names: what tells this environment's from others are their tags.
      sid: "Key",
      resources: [regionalArn(place, "kms", "key/*")],
      look: ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"],
      change: [
        "kms:CreateAlias",
        "kms:DeleteAlias",
        "kms:EnableKeyRotation",
        "kms:PutKeyPolicy",
        "kms:ScheduleKeyDeletion",
        "kms:TagResource",
        "kms:UntagResource",
        "kms:UpdateKeyDescription",
      ],
      changeCondition: { StringEquals: tagged("ResourceTag", tags) },
    },
    {
      sid: "KeyAlias",
      resources: [regionalArn(place, "kms", `alias/${namePrefix}`)],
      look: [],
      change: ["kms:CreateAlias", "kms:DeleteAlias"],
    },
    { sid: "KeyAliases", resources: ["*"], look: ["kms:ListAliases"], change: [] },
    {
      sid: "NewKey",
      resources: ["*"],
      look: [],
      change: ["kms:CreateKey"],
      changeCondition: { StringEquals: tagged("RequestTag", tags) },
    },
  ];
}

/** Carries the environment's tags, or is asked to. */
const tagged = (key: "ResourceTag" | "RequestTag", { Project, Environment }: DeploymentScope["tags"]) => ({
  [`aws:${key}/Project`]: Project,
  [`aws:${key}/Environment`]: Environment,
});
