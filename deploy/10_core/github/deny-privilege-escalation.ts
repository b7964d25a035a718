import { iamArn } from "../../shared/arn";
import type { Statement } from "../../shared/policy-document";
import type { DeploymentScope } from "./permissions/permission";

/**
 * Workflows must not extend their own permissions: only an administrator of the account may change their roles and
 * policies, the account's OIDC providers, and the permissions boundaries of roles.
 */
export const denyPrivilegeEscalation = ({
  awsContext,
  namePrefix,
  recoveryRegion,
}: DeploymentScope): Statement[] => {
  const iam = (resource: string) => iamArn(awsContext, resource);
  return [
    {
      Sid: "DenyOwnRoleChanges",
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
      Resource: ["deploy", "plan", "operator"].map((role) => iam(`role/${namePrefix}-${role}`)),
    },
    {
      Sid: "DenyOwnPolicyChanges",
      Effect: "Deny",
      Action: [
        "iam:CreatePolicy",
        "iam:CreatePolicyVersion",
        "iam:DeletePolicy",
        "iam:DeletePolicyVersion",
        "iam:SetDefaultPolicyVersion",
      ],
      Resource: [
        ...["boundary", "deploy-*", "operator", "plan-*"],
        ...(recoveryRegion === undefined ? [] : [`boundary-${recoveryRegion}`]),
      ].map((what) => iam(`policy/${namePrefix}-${what}`)),
    },
    {
      Sid: "DenyOidcProviderChanges",
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
      Sid: "DenyBoundaryChanges",
      Effect: "Deny",
      Action: ["iam:DeleteRolePermissionsBoundary", "iam:PutRolePermissionsBoundary"],
      Resource: iam("role/*"),
    },
  ];
};
