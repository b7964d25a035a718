import { apiGatewayArn, regionalArn } from "../../../shared/arn";
import { bucketArns, tableArns } from "../../../shared/declared-arns";
import { viaServices } from "../../../shared/policy-document";
import { bucketPermissions } from "./buckets";
import type { DeploymentPermission, DeploymentScope } from "./permission";

/** The infra layer: HTTP API, queues, rules, table, secrets, and the API's access log. */
export function infraPermissions({
  awsContext,
  namePrefix,
  keyArn,
  region,
}: DeploymentScope): DeploymentPermission[] {
  const apiGateway = (path: string) => apiGatewayArn(awsContext, path);
  return [
    {
      sid: "Queues",
      resources: [regionalArn(awsContext, "sqs", `${namePrefix}-*`)],
      creates: { aws_sqs_queue: "name" },
      read: ["sqs:GetQueueAttributes", "sqs:ListQueueTags"],
      write: [
        "sqs:CreateQueue",
        "sqs:DeleteQueue",
        "sqs:SetQueueAttributes",
        "sqs:TagQueue",
        "sqs:UntagQueue",
      ],
    },
    {
      sid: "Table",
      resources: tableArns(awsContext, namePrefix),
      creates: { aws_dynamodb_table: "name" },
      read: [
        "dynamodb:DescribeContinuousBackups",
        "dynamodb:DescribeTable",
        "dynamodb:DescribeTimeToLive",
        "dynamodb:ListTagsOfResource",
      ],
      write: [
        "dynamodb:CreateTable",
        "dynamodb:DeleteTable",
        "dynamodb:TagResource",
        "dynamodb:UntagResource",
        "dynamodb:UpdateContinuousBackups",
        "dynamodb:UpdateTable",
        "dynamodb:UpdateTimeToLive",
      ],
    },
    ...bucketPermissions(bucketArns(awsContext, namePrefix)),
    {
      sid: "Secrets",
      resources: [regionalArn(awsContext, "secretsmanager", `secret:${namePrefix}-*`)],
      creates: { aws_secretsmanager_secret: "name" },
      read: ["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"],
      write: [
        "secretsmanager:CreateSecret",
        "secretsmanager:DeleteSecret",
        "secretsmanager:TagResource",
        "secretsmanager:UntagResource",
        "secretsmanager:UpdateSecret",
      ],
    },
    {
      sid: "Rules",
      resources: [regionalArn(awsContext, "events", `rule/${namePrefix}-*`)],
      creates: { aws_cloudwatch_event_rule: "name", aws_cloudwatch_event_target: undefined },
      read: ["events:DescribeRule", "events:ListTagsForResource", "events:ListTargetsByRule"],
      write: [
        "events:DeleteRule",
        "events:PutRule",
        "events:PutTargets",
        "events:RemoveTargets",
        "events:TagResource",
        "events:UntagResource",
      ],
    },
    {
      // API Gateway generates API ids. The account has no other environment's APIs.
      sid: "HttpApi",
      resources: ["/apis", "/apis/*", "/tags/*"].map(apiGateway),
      creates: {
        aws_apigatewayv2_api: undefined,
        aws_apigatewayv2_authorizer: undefined,
        aws_apigatewayv2_integration: undefined,
        aws_apigatewayv2_route: undefined,
        aws_apigatewayv2_stage: undefined,
      },
      read: ["apigateway:GET"],
      write: ["apigateway:DELETE", "apigateway:PATCH", "apigateway:POST"],
    },
    {
      // API Gateway requires it in addition to POST to create a resource with tags. It is in no AWS reference, but in
      // error messages:
      // https://github.com/hashicorp/terraform-provider-aws/issues/20634
      sid: "HttpApiTags",
      resources: ["/apis", "/apis/*"].map(apiGateway),
      read: [],
      write: ["apigateway:TagResource", "apigateway:UntagResource"],
    },
    {
      sid: "LogGroups",
      resources: ["/aws/lambda/", "/aws/vendedlogs/"].map((folder) =>
        regionalArn(awsContext, "logs", `log-group:${folder}${namePrefix}-*`),
      ),
      creates: { aws_cloudwatch_log_group: "name" },
      read: ["logs:ListTagsForResource"],
      write: [
        "logs:AssociateKmsKey",
        "logs:CreateLogGroup",
        "logs:DeleteLogGroup",
        "logs:DisassociateKmsKey",
        "logs:PutRetentionPolicy",
        "logs:TagResource",
        "logs:UntagResource",
      ],
    },
    {
      // A list action; it has no resource.
      sid: "AllLogGroups",
      resources: ["*"],
      read: ["logs:DescribeLogGroups"],
      write: [],
    },
    {
      // API Gateway configures the delivery of an access log with the permissions of the caller:
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
      sid: "AccessLog",
      resources: ["*"],
      read: [],
      write: [
        "logs:CreateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:DescribeResourcePolicies",
        "logs:GetLogDelivery",
        "logs:ListLogDeliveries",
        "logs:PutResourcePolicy",
        "logs:UpdateLogDelivery",
      ],
    },
    ...(keyArn === undefined ? [] : [useKey(keyArn, region)]),
  ];
}

/** The services that use the key when a deployment creates their resources. */
export const keyServices = ["dynamodb", "lambda", "secretsmanager"];

export const keyWrites = [
  "kms:CreateGrant",
  "kms:Decrypt",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

/**
 * Creating the table, secrets and functions needs the key, through their services only. DynamoDB needs the most
 * actions, and in addition `kms:DescribeKey`, which a plan needs as well:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 */
const useKey = (keyArn: string, region: string): DeploymentPermission => ({
  sid: "KeyUsage",
  resources: [keyArn],
  read: [],
  write: keyWrites,
  writeCondition: { StringEquals: { "kms:ViaService": viaServices(region, keyServices) } },
});
