/** Statements that may have `*`, each with the reason. An exception applies when it lists all actions of a statement. */
export interface PermissionException {
  readonly type?: string;
  readonly actions: readonly string[];
  readonly reason: string;
}

const apiGatewayVerbs = ["GET", "DELETE", "PATCH", "POST"].map((verb) => `apigateway:${verb}`);

/** `Resource: "*"`, and ARNs with `*` whose ids do not start with the environment's name prefix */
export const anyResource: readonly PermissionException[] = [
  {
    actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
    reason: "X-Ray has no resources that these actions could be limited to",
  },
  {
    actions: [...apiGatewayVerbs, "apigateway:TagResource", "apigateway:UntagResource"],
    reason: "API Gateway generates API ids; an environment's account has no other environment's APIs",
  },
  {
    actions: ["lambda:CreateEventSourceMapping"],
    reason: "a mapping has no ARN before it is created; the condition names the environment's functions",
  },
  {
    actions: ["lambda:DeleteEventSourceMapping", "lambda:UpdateEventSourceMapping"],
    reason: "Lambda generates mapping ids; the condition names the environment's functions",
  },
  {
    actions: ["lambda:TagResource", "lambda:UntagResource"],
    reason: "Lambda generates mapping ids; a request to tag a mapping does not contain its function",
  },
  {
    actions: ["lambda:GetEventSourceMapping", "lambda:ListTags"],
    reason: "Lambda generates mapping ids; these read settings, and no data",
  },
  {
    actions: ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"],
    reason: "KMS generates key ids; these read settings, and no data",
  },
  {
    actions: ["kms:TagResource", "kms:UntagResource", "kms:UpdateKeyDescription"],
    reason: "KMS generates key ids; the condition names the tags of the environment's key",
  },
  {
    actions: ["lambda:GetAccountSettings"],
    reason: "it reads the account's quotas and has no resource",
  },
  { actions: ["kms:ListAliases"], reason: "a list action without a resource" },
  { actions: ["logs:DescribeLogGroups"], reason: "a list action; its prefix filter is not a resource" },
  {
    actions: [
      "logs:CreateLogDelivery",
      "logs:DeleteLogDelivery",
      "logs:DescribeResourcePolicies",
      "logs:GetLogDelivery",
      "logs:ListLogDeliveries",
      "logs:PutResourcePolicy",
      "logs:UpdateLogDelivery",
    ],
    reason: "CloudWatch Logs has no resources that log deliveries could be limited to",
  },
];

/** `*` inside an action */
export const wildcardActions: readonly PermissionException[] = [
  {
    type: "aws_kms_key",
    actions: ["kms:*"],
    reason: "the account administers its key; without it no principal could change the key's policy",
  },
  {
    type: "aws_kms_key",
    actions: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
    reason:
      "required by CloudWatch Logs, https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
  },
];
