import type { Statement } from "../../shared/policy-document";
import type { DeploymentScope } from "./permissions/permission";

/**
 * What workflows may never change, whatever else allows it: whom the account trusts, what they themselves may do, and
 * the boundary of all that they make. A person with the account's administration changes these.
 */
export const ownProtection = ({ place, namePrefix }: DeploymentScope): Statement[] => {
  const iam = (resource: string) => `arn:${place.partition}:iam::${place.account_id}:${resource}`;
  return [
    {
      Sid: "KeepOwnRoles",
      Effect: "Deny",
      Action: [
        "iam:AttachRolePolicy",
        "iam:CreateRole",
        "iam:DeleteRole",
        "iam:DeleteRolePermissionsBoundary",
        "iam:DeleteRolePolicy",
        "iam:DetachRolePolicy",
        "iam:PassRole",
        "iam:PutRolePermissionsBoundary",
        "iam:PutRolePolicy",
        "iam:UpdateAssumeRolePolicy",
      ],
      Resource: [iam(`role/${namePrefix}-deploy`), iam(`role/${namePrefix}-plan`)],
    },
    {
      Sid: "KeepOwnPolicies",
      Effect: "Deny",
      Action: [
        "iam:CreatePolicy",
        "iam:CreatePolicyVersion",
        "iam:DeletePolicy",
        "iam:DeletePolicyVersion",
        "iam:SetDefaultPolicyVersion",
      ],
      Resource: ["boundary", "deploy-*", "plan-*"].map((what) => iam(`policy/${namePrefix}-${what}`)),
    },
    {
      Sid: "KeepProvider",
      Effect: "Deny",
      Action: [
        "iam:AddClientIDToOpenIDConnectProvider",
        "iam:CreateOpenIDConnectProvider",
        "iam:DeleteOpenIDConnectProvider",
        "iam:UpdateOpenIDConnectProviderThumbprint",
      ],
      Resource: iam("oidc-provider/*"),
    },
    {
      Sid: "KeepBoundaries",
      Effect: "Deny",
      Action: ["iam:DeleteRolePermissionsBoundary", "iam:PutRolePermissionsBoundary"],
      Resource: iam("role/*"),
    },
  ];
};
