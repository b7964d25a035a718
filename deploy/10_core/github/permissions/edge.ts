import { accountArn, regionalArn } from "../../../shared/arn";
import { edgeLogBucketArn } from "../../../shared/declared-arns";
import { edgeRegion } from "../../../shared/edge-region";
import { bucketPermissions } from "./buckets";
import type { DeploymentPermission, DeploymentScope } from "./permission";

const cloudfront = (names: string) => names.split(" ").map((name) => `cloudfront:${name}`);

export const edgeCreates = cloudfront(
  "CreateCachePolicy CreateDistribution CreateFunction CreateKeyValueStore CreateResponseHeadersPolicy",
);
export const edgeLists = cloudfront("ListCachePolicies ListOriginRequestPolicies");
export const edgePolicyReads = cloudfront("GetOriginRequestPolicy");
export const edgeReads = cloudfront(
  "DescribeFunction DescribeKeyValueStore GetCachePolicy GetDistribution GetFunction GetResponseHeadersPolicy ListTagsForResource",
);
export const edgeWrites = cloudfront(
  "AssociateAlias DeleteCachePolicy DeleteDistribution DeleteFunction DeleteKeyValueStore DeleteResponseHeadersPolicy PublishFunction TagResource UntagResource UpdateCachePolicy UpdateDistribution UpdateFunction UpdateKeyValueStore UpdateResponseHeadersPolicy",
);

/** CloudFront, which generates all ids, and its firewall, when tfvars have an edge. */
export function edgePermissions({
  awsContext,
  namePrefix,
  parts,
  hasAlarms,
}: DeploymentScope): DeploymentPermission[] {
  if (parts.edge === undefined) return [];
  const global = { ...awsContext, region: edgeRegion };
  const kinds = ["cache-policy", "distribution", "function", "key-value-store", "response-headers-policy"];
  const bucket = edgeLogBucketArn(awsContext, namePrefix);
  return [
    {
      sid: "Edge",
      resources: kinds.map((kind) => accountArn(awsContext, "cloudfront", `${kind}/*`)),
      read: edgeReads,
      write: edgeWrites,
    },
    {
      // A policy of AWS.
      sid: "EdgeRequestPolicies",
      resources: [accountArn(awsContext, "cloudfront", "origin-request-policy/*")],
      read: edgePolicyReads,
      write: [],
    },
    {
      // Nothing of CloudFront has an ARN before it is created.
      sid: "NewEdge",
      resources: ["*"],
      creates: {
        aws_cloudfront_cache_policy: undefined,
        aws_cloudfront_distribution: undefined,
        aws_cloudfront_function: undefined,
        aws_cloudfront_key_value_store: undefined,
        aws_cloudfront_response_headers_policy: undefined,
      },
      read: edgeLists,
      write: edgeCreates,
    },
    {
      sid: "Firewall",
      resources: [
        regionalArn(global, "wafv2", `global/webacl/${namePrefix}-*`),
        regionalArn(global, "wafv2", "global/managedruleset/*"),
      ],
      creates: { aws_wafv2_web_acl: undefined, aws_wafv2_web_acl_logging_configuration: undefined },
      read: ["wafv2:GetLoggingConfiguration", "wafv2:GetWebACL", "wafv2:ListTagsForResource"],
      write: [
        "wafv2:CreateWebACL",
        "wafv2:DeleteLoggingConfiguration",
        "wafv2:DeleteWebACL",
        "wafv2:PutLoggingConfiguration",
        "wafv2:TagResource",
        "wafv2:UntagResource",
        "wafv2:UpdateWebACL",
      ],
    },
    {
      sid: "FirewallLogs",
      resources: [regionalArn(global, "logs", `log-group:aws-waf-logs-${namePrefix}-*`)],
      creates: { aws_cloudwatch_log_group: "name" },
      read: ["logs:ListTagsForResource"],
      write: [
        "logs:CreateLogGroup",
        "logs:DeleteLogGroup",
        "logs:PutRetentionPolicy",
        "logs:TagResource",
        "logs:UntagResource",
      ],
    },
    ...bucketPermissions([bucket]),
    {
      // With these, CloudFront is granted the ACL by which it writes its log.
      sid: "EdgeLogAcl",
      resources: [bucket],
      read: [],
      write: ["s3:GetBucketAcl", "s3:PutBucketAcl"],
    },
    ...(hasAlarms
      ? [
          {
            sid: "EdgeAlarms",
            resources: [regionalArn(global, "cloudwatch", `alarm:${namePrefix}-*`)],
            read: ["cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource"],
            write: [
              "cloudwatch:DeleteAlarms",
              "cloudwatch:PutMetricAlarm",
              "cloudwatch:TagResource",
              "cloudwatch:UntagResource",
            ],
          },
        ]
      : []),
  ];
}
