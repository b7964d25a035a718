import { regionalArn } from "../../../shared/arn";
import type { DeploymentPermission, DeploymentScope } from "./permission";

/** The infra layer: HTTP API, queues, rules, table, secrets, and the API's access log. */
export function infraPermissions({ place, namePrefix, keyArn }: DeploymentScope): DeploymentPermission[] {
  const apiGateway = (path: string) => `arn:${place.partition}:apigateway:${place.region}::${path}`;
  return [
    {
      sid: "Queues",
      resources: [regionalArn(place, "sqs", `${namePrefix}-*`)],
      look: ["sqs:GetQueueAttributes", "sqs:ListQueueTags"],
      change: [
        "sqs:CreateQueue",
        "sqs:DeleteQueue",
        "sqs:SetQueueAttributes",
        "sqs:TagQueue",
        "sqs:UntagQueue",
      ],
    },
    {
      sid: "Table",
      resources: [regionalArn(place, "dynamodb", `table/${namePrefix}-tasks`)],
      look: [
        "dynamodb:DescribeContinuousBackups",
        "dynamodb:DescribeTable",
        "dynamodb:DescribeTimeToLive",
        "dynamodb:ListTagsOfResource",
      ],
      change: [
        "dynamodb:CreateTable",
        "dynamodb:DeleteTable",
        "dynamodb:TagResource",
        "dynamodb:UntagResource",
        "dynamodb:UpdateContinuousBackups",
        "dynamodb:UpdateTable",
        "dynamodb:UpdateTimeToLive",
      ],
    },
    {
      sid: "Secrets",
      resources: [regionalArn(place, "secretsmanager", `secret:${namePrefix}-*`)],
      look: ["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"],
      change: [
        "secretsmanager:CreateSecret",
        "secretsmanager:DeleteSecret",
        "secretsmanager:TagResource",
        "secretsmanager:UntagResource",
        "secretsmanager:UpdateSecret",
      ],
    },
    {
      sid: "Rules",
      resources: [regionalArn(place, "events", `rule/${namePrefix}-*`)],
      look: ["events:DescribeRule", "events:ListTagsForResource", "events:ListTargetsByRule"],
      change: [
        "events:DeleteRule",
        "events:PutRule",
        "events:PutTargets",
        "events:RemoveTargets",
        "events:TagResource",
        "events:UntagResource",
      ],
    },
    {
      // API Gateway gives APIs their ids, which nobody knows before; the account has no other environment's.
      sid: "HttpApi",
      resources: ["/apis", "/apis/*", "/tags/*"].map(apiGateway),
      look: ["apigateway:GET"],
      change: ["apigateway:DELETE", "apigateway:PATCH", "apigateway:POST"],
    },
    {
      // Requested in addition to POST by whatever is created with tags; in no AWS reference, but in its error messages:
      // https://github.com/hashicorp/terraform-provider-aws/issues/20634
      sid: "HttpApiTags",
      resources: ["/apis", "/apis/*"].map(apiGateway),
      look: [],
      change: ["apigateway:TagResource", "apigateway:UntagResource"],
    },
    {
      sid: "LogGroups",
      resources: ["/aws/lambda/", "/aws/vendedlogs/"].map((folder) =>
        regionalArn(place, "logs", `log-group:${folder}${namePrefix}-*`),
      ),
      look: ["logs:ListTagsForResource"],
      change: [
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
      // It lists, and knows no resource.
      sid: "AllLogGroups",
      resources: ["*"],
      look: ["logs:DescribeLogGroups"],
      change: [],
    },
    {
      // API Gateway sets up an access log's delivery with the rights of whoever asks for the log:
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
      sid: "AccessLog",
      resources: ["*"],
      look: [],
      change: [
        "logs:CreateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:DescribeResourcePolicies",
        "logs:GetLogDelivery",
        "logs:ListLogDeliveries",
        "logs:PutResourcePolicy",
        "logs:UpdateLogDelivery",
      ],
    },
    ...(keyArn === undefined ? [] : [useKey(keyArn, place.region)]),
  ];
}

/**
 * Creating the table, secrets and functions needs the key, through their services only. The longest list is that
 * of DynamoDB, which needs `kms:DescribeKey` in addition, as a plan does:
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 */
const useKey = (keyArn: string, region: string): DeploymentPermission => ({
  sid: "UseKey",
  resources: [keyArn],
  look: [],
  change: [
    "kms:CreateGrant",
    "kms:Decrypt",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
  ],
  changeCondition: {
    StringEquals: {
      "kms:ViaService": ["dynamodb", "lambda", "secretsmanager"].map(
        (service) => `${service}.${region}.amazonaws.com`,
      ),
    },
  },
});
