/** Statements that may say `*`, each with the reason. A statement is one of them when all of its actions are named. */
export interface PermissionException {
  readonly type?: string;
  readonly actions: readonly string[];
  readonly reason: string;
}

/** `Resource: "*"` */
export const anyResource: readonly PermissionException[] = [
  {
    actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
    reason: "X-Ray has no resources that these actions could be limited to",
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
    actions: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
    reason:
      "what CloudWatch Logs asks for, https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
  },
];
