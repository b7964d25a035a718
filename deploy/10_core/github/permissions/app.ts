import { regionalArn } from "../../../shared/arn";
import type { DeploymentPermission, DeploymentScope } from "./permission";

/** The app layer: functions with their roles, the shared layer, and what calls them. */
export function appPermissions({ place, namePrefix, boundaryArn }: DeploymentScope): DeploymentPermission[] {
  const roles = [`arn:${place.partition}:iam::${place.account_id}:role/${namePrefix}-*`];
  const functions = regionalArn(place, "lambda", `function:${namePrefix}-*`);
  const layer = regionalArn(place, "lambda", `layer:${namePrefix}-*`);
  return [
    {
      sid: "Functions",
      resources: [functions],
      look: [
        "lambda:GetAlias",
        "lambda:GetFunction",
        "lambda:GetFunctionCodeSigningConfig",
        "lambda:GetFunctionEventInvokeConfig",
        "lambda:GetPolicy",
        "lambda:ListVersionsByFunction",
      ],
      change: [
        "lambda:AddPermission",
        "lambda:CreateAlias",
        "lambda:CreateFunction",
        "lambda:DeleteAlias",
        "lambda:DeleteFunction",
        "lambda:DeleteFunctionConcurrency",
        "lambda:DeleteFunctionEventInvokeConfig",
        "lambda:GetFunctionConfiguration",
        "lambda:PublishVersion",
        "lambda:PutFunctionConcurrency",
        "lambda:PutFunctionEventInvokeConfig",
        "lambda:RemovePermission",
        "lambda:TagResource",
        "lambda:UntagResource",
        "lambda:UpdateAlias",
        "lambda:UpdateFunctionCode",
        "lambda:UpdateFunctionConfiguration",
      ],
    },
    {
      sid: "SharedLayer",
      resources: [layer, `${layer}:*`],
      look: ["lambda:GetLayerVersion"],
      change: ["lambda:DeleteLayerVersion", "lambda:PublishLayerVersion"],
    },
    {
      sid: "EventSources",
      resources: [regionalArn(place, "lambda", "event-source-mapping:*")],
      look: ["lambda:GetEventSourceMapping", "lambda:ListTags"],
      change: [
        "lambda:DeleteEventSourceMapping",
        "lambda:TagResource",
        "lambda:UntagResource",
        "lambda:UpdateEventSourceMapping",
      ],
      changeCondition: { ArnLike: { "lambda:FunctionArn": functions } },
    },
    {
      // It has no ARN before it is there.
      sid: "NewEventSource",
      resources: ["*"],
      look: [],
      change: ["lambda:CreateEventSourceMapping"],
      changeCondition: { ArnLike: { "lambda:FunctionArn": functions } },
    },
    {
      sid: "Roles",
      resources: roles,
      look: ["iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"],
      change: [
        "iam:DeleteRole",
        "iam:ListInstanceProfilesForRole",
        "iam:TagRole",
        "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRoleDescription",
      ],
    },
    {
      // What a role can do is capped by the boundary, whoever writes its policies.
      sid: "BoundedRoles",
      resources: roles,
      look: [],
      change: [
        "iam:AttachRolePolicy",
        "iam:CreateRole",
        "iam:DeleteRolePolicy",
        "iam:DetachRolePolicy",
        "iam:PutRolePolicy",
      ],
      changeCondition: { StringEquals: { "iam:PermissionsBoundary": boundaryArn } },
    },
    {
      sid: "RolesOfFunctions",
      resources: roles,
      look: [],
      change: ["iam:PassRole"],
      changeCondition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
    },
  ];
}
