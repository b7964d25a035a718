/** The actions that AWS authorizes when a resource is created with tags, or when its tags change. */
export interface TaggingActions {
  /** Required in addition to the action that creates the resource. */
  readonly tag: string;
  readonly untag: string;
}

const taggedByName = (service: string): TaggingActions => ({
  tag: `${service}:TagResource`,
  untag: `${service}:UntagResource`,
});

/** By resource type of the AWS provider, whose `default_tags` tag everything. */
export const taggingActions: Readonly<Record<string, TaggingActions>> = {
  // https://docs.aws.amazon.com/acm/latest/userguide/tags-restrictions.html
  aws_acm_certificate: { tag: "acm:AddTagsToCertificate", untag: "acm:RemoveTagsFromCertificate" },
  // https://github.com/hashicorp/terraform-provider-aws/issues/20634
  aws_apigatewayv2_api: taggedByName("apigateway"),
  aws_apigatewayv2_domain_name: taggedByName("apigateway"),
  aws_apigatewayv2_stage: taggedByName("apigateway"),
  // https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_TagResource.html
  aws_cloudfront_distribution: taggedByName("cloudfront"),
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
  aws_cloudwatch_composite_alarm: taggedByName("cloudwatch"),
  aws_cloudwatch_metric_alarm: taggedByName("cloudwatch"),
  // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-tagging.html
  aws_cloudwatch_event_rule: taggedByName("events"),
  // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
  aws_cloudwatch_log_group: taggedByName("logs"),
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.Operations.html
  aws_dynamodb_table: taggedByName("dynamodb"),
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags_oidc.html
  aws_iam_openid_connect_provider: {
    tag: "iam:TagOpenIDConnectProvider",
    untag: "iam:UntagOpenIDConnectProvider",
  },
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags_customer-managed-policies.html
  aws_iam_policy: { tag: "iam:TagPolicy", untag: "iam:UntagPolicy" },
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags_roles.html
  aws_iam_role: { tag: "iam:TagRole", untag: "iam:UntagRole" },
  // https://docs.aws.amazon.com/kms/latest/developerguide/tag-permissions.html
  aws_kms_key: taggedByName("kms"),
  // https://docs.aws.amazon.com/lambda/latest/dg/tags-esm.html
  aws_lambda_event_source_mapping: taggedByName("lambda"),
  // https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html
  aws_lambda_function: taggedByName("lambda"),
  // https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeTagsForResource.html
  aws_route53_zone: { tag: "route53:ChangeTagsForResource", untag: "route53:ChangeTagsForResource" },
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
  ...Object.fromEntries(
    [
      "default_security_group",
      "flow_log",
      "route_table",
      "security_group",
      "subnet",
      "vpc",
      "vpc_endpoint",
      "vpc_security_group_egress_rule",
      "vpc_security_group_ingress_rule",
    ].map((type) => [`aws_${type}`, { tag: "ec2:CreateTags", untag: "ec2:DeleteTags" }]),
  ),
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html
  aws_s3_bucket: { tag: "s3:PutBucketTagging", untag: "s3:PutBucketTagging" },
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/managing-secrets_tagging.html
  aws_secretsmanager_secret: taggedByName("secretsmanager"),
  // https://docs.aws.amazon.com/sns/latest/dg/sns-tags-configuring.html
  aws_sns_topic: taggedByName("sns"),
  // https://docs.aws.amazon.com/waf/latest/APIReference/API_TagResource.html
  aws_wafv2_web_acl: taggedByName("wafv2"),
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-tags.html
  aws_sqs_queue: { tag: "sqs:TagQueue", untag: "sqs:UntagQueue" },
};
