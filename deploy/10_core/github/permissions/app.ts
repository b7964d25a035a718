import { iamArn, regionalArn } from "../../../shared/arn";
import type { DeploymentPermission, DeploymentScope } from "./permission";

/** The app layer: functions with their roles, the shared layer, and their event sources. */
export function appPermissions(scope: DeploymentScope): DeploymentPermission[] {
  const { awsContext, namePrefix, boundaryArn, keyArn, region } = scope;
  const roles = [iamArn(awsContext, `role/${namePrefix}-*`)];
  const functions = regionalArn(awsContext, "lambda", `function:${namePrefix}-*`);
  const layer = regionalArn(awsContext, "lambda", `layer:${namePrefix}-*`);
  return [
    {
      sid: "Functions",
      resources: [functions],
      creates: {
        aws_lambda_alias: undefined,
        aws_lambda_function: "functionName",
        aws_lambda_function_event_invoke_config: undefined,
        aws_lambda_permission: undefined,
      },
      read: [
        "lambda:GetAlias",
        "lambda:GetFunction",
        "lambda:GetFunctionCodeSigningConfig",
        "lambda:GetFunctionEventInvokeConfig",
        "lambda:GetPolicy",
        // Without it GetFunction returns no tags, and each plan would add them:
        // https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html
        "lambda:ListTags",
        "lambda:ListVersionsByFunction",
      ],
      write: [
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
    ...releasePermissions(functions),
    {
      // `npm run cli -- plan` and `npm run cli -- apply` compare the quota with the concurrency that tfvars reserve.
      sid: "AccountQuotas",
      resources: ["*"],
      read: ["lambda:GetAccountSettings"],
      write: [],
    },
    {
      sid: "SharedLayer",
      resources: [layer, `${layer}:*`],
      creates: { aws_lambda_layer_version: "layerName" },
      read: ["lambda:GetLayerVersion"],
      write: ["lambda:DeleteLayerVersion", "lambda:PublishLayerVersion"],
    },
    {
      sid: "EventSources",
      resources: [regionalArn(awsContext, "lambda", "event-source-mapping:*")],
      read: ["lambda:GetEventSourceMapping", "lambda:ListTags"],
      write: ["lambda:DeleteEventSourceMapping", "lambda:UpdateEventSourceMapping"],
      writeCondition: { ArnLike: { "lambda:FunctionArn": functions } },
    },
    {
      // A request to tag a mapping has no `lambda:FunctionArn`: a condition on it would never be met.
      sid: "EventSourceTags",
      resources: [regionalArn(awsContext, "lambda", "event-source-mapping:*")],
      read: [],
      write: ["lambda:TagResource", "lambda:UntagResource"],
    },
    {
      // A mapping has no ARN before it is created.
      sid: "NewEventSources",
      resources: ["*"],
      creates: { aws_lambda_event_source_mapping: undefined },
      read: [],
      write: ["lambda:CreateEventSourceMapping"],
      writeCondition: { ArnLike: { "lambda:FunctionArn": functions } },
    },
    {
      sid: "Roles",
      resources: roles,
      read: ["iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"],
      write: [
        "iam:DeleteRole",
        "iam:ListInstanceProfilesForRole",
        "iam:TagRole",
        "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRoleDescription",
      ],
    },
    {
      // The boundary limits a role's permissions, whatever policies it has.
      sid: "BoundedRoles",
      resources: roles,
      creates: {
        aws_iam_role: "name",
        aws_iam_role_policy: undefined,
        aws_iam_role_policy_attachment: undefined,
      },
      read: [],
      write: [
        "iam:AttachRolePolicy",
        "iam:CreateRole",
        "iam:DeleteRolePolicy",
        "iam:DetachRolePolicy",
        "iam:PutRolePolicy",
      ],
      writeCondition: { StringEquals: { "iam:PermissionsBoundary": boundaryArn } },
    },
    {
      sid: "PassedRoles",
      resources: roles,
      read: [],
      write: ["iam:PassRole"],
      writeCondition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
    },
    ...(keyArn === undefined ? [] : [readVariables(keyArn, region)]),
  ];
}

/** A release checks new versions, records itself as aliases, and watches the service; a rollback needs part of this. */
const releasePermissions = (functions: string): DeploymentPermission[] => [
  {
    sid: "Releases",
    resources: [functions],
    creates: { terraform_data: undefined },
    read: ["lambda:ListAliases"],
    write: ["lambda:InvokeFunction"],
  },
  {
    // The action has no resource.
    sid: "ReleaseMetrics",
    resources: ["*"],
    read: [],
    write: ["cloudwatch:GetMetricData"],
  },
];

/**
 * Lambda decrypts a function's variables with the permissions of the caller. Without this permission GetFunction
 * returns an error instead of the variables, and each plan would update them:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
 */
const readVariables = (keyArn: string, region: string): DeploymentPermission => ({
  sid: "FunctionVariables",
  resources: [keyArn],
  read: ["kms:Decrypt"],
  readCondition: { StringEquals: { "kms:ViaService": `lambda.${region}.amazonaws.com` } },
  write: [],
});
