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
  // https://github.com/hashicorp/terraform-provider-aws/issues/20634
  aws_apigatewayv2_api: taggedByName("apigateway"),
  aws_apigatewayv2_stage: taggedByName("apigateway"),
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
  // https://docs.aws.amazon.com/secretsmanager/latest/userguide/managing-secrets_tagging.html
  aws_secretsmanager_secret: taggedByName("secretsmanager"),
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-tags.html
  aws_sqs_queue: { tag: "sqs:TagQueue", untag: "sqs:UntagQueue" },
};
