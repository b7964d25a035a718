/** Statements that may say `*`, each with the reason. A statement is one of them when all of its actions are named. */
export interface PermissionException {
  readonly type?: string;
  readonly actions: readonly string[];
  readonly reason: string;
}

const apiGatewayVerbs = ["GET", "DELETE", "PATCH", "POST"].map((verb) => `apigateway:${verb}`);

/** `Resource: "*"`, and ARNs with a `*` for ids that do not begin with the environment's name */
export const anyResource: readonly PermissionException[] = [
  {
    actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
    reason: "X-Ray has no resources that these actions could be limited to",
  },
  {
    actions: [...apiGatewayVerbs, "apigateway:TagResource", "apigateway:UntagResource"],
    reason: "API Gateway gives APIs their ids; an environment's account has no other environment's APIs",
  },
  {
    actions: ["lambda:CreateEventSourceMapping"],
    reason: "it has no ARN before it is there; the condition names the environment's functions",
  },
  {
    actions: ["lambda:DeleteEventSourceMapping", "lambda:UpdateEventSourceMapping"],
    reason: "Lambda gives mappings their ids; the condition names the environment's functions",
  },
  {
    actions: ["lambda:TagResource", "lambda:UntagResource"],
    reason: "Lambda gives mappings their ids; a request to tag one says nothing of its function",
  },
  {
    actions: ["lambda:GetEventSourceMapping", "lambda:ListTags"],
    reason: "Lambda gives mappings their ids; reading one tells names only",
  },
  {
    actions: ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"],
    reason: "KMS gives keys their ids; these read settings, and no data",
  },
  {
    actions: ["kms:TagResource", "kms:UntagResource", "kms:UpdateKeyDescription"],
    reason: "KMS gives keys their ids; the condition names the tags of the environment's key",
  },
  {
    actions: ["lambda:GetAccountSettings"],
    reason: "it reads the account's quotas, and has no resource",
  },
  { actions: ["kms:ListAliases"], reason: "it lists, and has no resource" },
  { actions: ["logs:DescribeLogGroups"], reason: "it lists, and filters by prefix only after it is allowed" },
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
    reason: "the account administers its key; without it nobody could change the key's policy again",
  },
  {
    type: "aws_kms_key",
    actions: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
    reason:
      "what CloudWatch Logs asks for, https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
  },
];
