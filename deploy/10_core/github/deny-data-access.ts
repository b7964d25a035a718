import { regionalArn } from "../../shared/arn";
import { bucketArns, tableArns } from "../../shared/declared-arns";
import type { Statement } from "../../shared/policy-document";
import type { DeploymentScope } from "./permissions/permission";

/** Workflows manage resources; they must not read or change the data in them: tasks, messages, logs and secrets. */
export const denyDataAccess = ({ awsContext, namePrefix }: DeploymentScope): Statement[] => [
  {
    Sid: "DenyTaskData",
    Effect: "Deny",
    Action: [
      "dynamodb:BatchGetItem",
      "dynamodb:DeleteItem",
      "dynamodb:GetItem",
      "dynamodb:PartiQLSelect",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "dynamodb:Scan",
      "dynamodb:UpdateItem",
    ],
    Resource: tableArns(awsContext, namePrefix).flatMap((arn) => [arn, `${arn}/index/*`]),
  },
  {
    Sid: "DenyMessages",
    Effect: "Deny",
    Action: ["sqs:DeleteMessage", "sqs:PurgeQueue", "sqs:ReceiveMessage", "sqs:SendMessage"],
    Resource: regionalArn(awsContext, "sqs", `${namePrefix}-*`),
  },
  ...denyObjects(bucketArns(awsContext, namePrefix)),
  {
    Sid: "DenyLogEvents",
    Effect: "Deny",
    Action: ["logs:FilterLogEvents", "logs:GetLogEvents", "logs:StartQuery"],
    Resource: regionalArn(awsContext, "logs", "log-group:*"),
  },
  {
    Sid: "DenySecretValues",
    Effect: "Deny",
    Action: [
      "secretsmanager:GetSecretValue",
      "ssm:GetParameter",
      "ssm:GetParameters",
      "ssm:GetParametersByPath",
    ],
    Resource: [
      regionalArn(awsContext, "secretsmanager", "secret:*"),
      regionalArn(awsContext, "ssm", "parameter/*"),
    ],
  },
  {
    // The action has no resource: a Deny with ARNs would deny nothing.
    Sid: "DenyBatchSecretValues",
    Effect: "Deny",
    Action: "secretsmanager:BatchGetSecretValue",
    Resource: "*",
  },
];

const denyObjects = (arns: readonly string[]): Statement[] =>
  arns.length === 0
    ? []
    : [
        {
          Sid: "DenyObjects",
          Effect: "Deny",
          Action: ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"],
          Resource: arns.map((arn) => `${arn}/*`),
        },
      ];
