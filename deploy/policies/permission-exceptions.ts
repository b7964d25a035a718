import {
  edgeCreates,
  edgeLists,
  edgePolicyReads,
  edgeReads,
  edgeWrites,
} from "../10_core/github/permissions/edge";
import {
  healthCheckCreates,
  healthCheckReads,
  healthCheckWrites,
} from "../10_core/github/permissions/recovery";
import { keyWrites } from "../10_core/github/permissions/infra";
import { networkLists, networkReads, networkWrites } from "../10_core/github/permissions/network";
import { networkInterfaceActions } from "../shared/network-interfaces";

/** Statements that may have `*`, each with the reason. An exception applies when it lists all actions of a statement. */
export interface PermissionException {
  readonly type?: string;
  readonly actions: readonly string[];
  /** ARNs that it is limited to. */
  readonly resources?: RegExp;
  readonly reason: string;
}

const named = (service: string, names: string) => names.split(" ").map((name) => `${service}:${name}`);
const certificateActions = named(
  "acm",
  "AddTagsToCertificate DeleteCertificate DescribeCertificate ListTagsForCertificate RemoveTagsFromCertificate UpdateCertificateOptions",
);
const zoneActions = named(
  "route53",
  "ChangeResourceRecordSets ChangeTagsForResource DeleteHostedZone GetChange GetHostedZone ListResourceRecordSets ListTagsForResource UpdateHostedZoneComment",
);
const firewallActions = named(
  "wafv2",
  "CreateWebACL DeleteLoggingConfiguration DeleteWebACL GetLoggingConfiguration GetWebACL ListTagsForResource PutLoggingConfiguration TagResource UntagResource UpdateWebACL",
);
const deploymentsOfNetworks = [...networkReads, ...networkWrites, ...networkLists];

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
  {
    actions: networkInterfaceActions,
    reason: "AWS generates the ids of network interfaces; a function's own code is denied the same",
  },
  {
    actions: ["acm:RequestCertificate", "route53:CreateHostedZone", "route53:ListHostedZones"],
    reason: "certificates and zones have no ARN before they are created, and the list of zones has none",
  },
  {
    actions: certificateActions,
    reason: "ACM generates certificate ids; the account has no other environment's certificates",
  },
  {
    actions: zoneActions,
    reason: "Route 53 generates the ids of zones and changes; the condition names the API's records",
  },
  {
    actions: [...healthCheckCreates, ...healthCheckReads, ...healthCheckWrites],
    reason: "Route 53 generates the ids of health checks; the account has no other environment's",
  },
  {
    type: "aws_iam_policy",
    actions: keyWrites,
    reason: "KMS generates key ids; the condition names the tags of the key of the second region",
  },
  {
    actions: [...edgeCreates, ...edgeLists, ...edgePolicyReads, ...edgeReads, ...edgeWrites],
    reason: "CloudFront generates most ids; the account has no other environment's distribution",
  },
  {
    actions: firewallActions,
    reason: "a web ACL needs permission on the managed rule groups of AWS that it names",
  },
  {
    actions: deploymentsOfNetworks,
    reason: "EC2 generates the ids of networks; the account has no other environment's network",
  },
  {
    actions: ["events:ListRules", "lambda:ListEventSourceMappings"],
    reason: "list actions without a resource; they read settings, and no data",
  },
  {
    actions: ["execute-api:Invoke"],
    reason: "API Gateway generates API ids; an environment's account has no other environment's APIs",
  },
  {
    actions: ["cloudwatch:GetMetricData"],
    reason:
      "CloudWatch has no resources that reading metrics could be limited to; these are counts, and no data",
  },
  {
    actions: ["rds-db:connect"],
    resources: /^arn:[^:]+:rds-db:[^:]+:\d{12}:dbuser:[^/]+\/tasks_app$/,
    reason:
      "RDS generates cluster ids; a token logs in as the functions' role, in the environment's own database",
  },
  {
    actions: [
      "secretsmanager:CreateSecret",
      "secretsmanager:DescribeSecret",
      "secretsmanager:GetSecretValue",
      "secretsmanager:RotateSecret",
      "secretsmanager:TagResource",
    ],
    resources: /:secret:rds!cluster-\*$/,
    reason: "RDS names the secrets of master users; a role's own policy has the ARN of its cluster's secret",
  },
  {
    actions: [
      "logs:CreateLogGroup",
      "logs:CreateLogStream",
      "logs:DescribeLogStreams",
      "logs:GetLogEvents",
      "logs:PutLogEvents",
      "logs:PutRetentionPolicy",
    ],
    resources: /:log-group:RDS\*$/,
    reason: "the policy of AWS for enhanced monitoring writes to the group RDSOSMetrics of the account",
  },
  { actions: ["rds:DescribeGlobalClusters"], reason: "a list action, which the provider calls" },
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
