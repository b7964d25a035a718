import { regionalArn } from "../../../shared/arn";
import type { DeploymentPermission, DeploymentScope } from "./permission";

/** The app layer: functions with their roles, the shared layer, and what calls them. */
export function appPermissions(scope: DeploymentScope): DeploymentPermission[] {
  const { place, namePrefix, boundaryArn, keyArn } = scope;
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
        // GetFunction returns no tags without it, and Terraform would add them in each plan:
        // https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html
        "lambda:ListTags",
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
      // `npm run cli -- plan` and `apply` compare it with what tfvars reserve.
      sid: "AccountQuotas",
      resources: ["*"],
      look: ["lambda:GetAccountSettings"],
      change: [],
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
      change: ["lambda:DeleteEventSourceMapping", "lambda:UpdateEventSourceMapping"],
      changeCondition: { ArnLike: { "lambda:FunctionArn": functions } },
    },
    {
      // A request to tag a mapping has no `lambda:FunctionArn`: a condition on it would never be met.
      sid: "EventSourceTags",
      resources: [regionalArn(place, "lambda", "event-source-mapping:*")],
      look: [],
      change: ["lambda:TagResource", "lambda:UntagResource"],
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
    ...(keyArn === undefined ? [] : [readVariables(keyArn, place.region)]),
  ];
}

/**
 * Lambda decrypts a function's variables with the permissions of the caller. Without this one GetFunction has an error
 * in their place, and Terraform would write them again in each plan:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
 */
const readVariables = (keyArn: string, region: string): DeploymentPermission => ({
  sid: "Variables",
  resources: [keyArn],
  look: ["kms:Decrypt"],
  lookCondition: { StringEquals: { "kms:ViaService": `lambda.${region}.amazonaws.com` } },
  change: [],
});
