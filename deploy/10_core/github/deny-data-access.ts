import { regionalArn } from "../../shared/arn";
import type { Statement } from "../../shared/policy-document";
import type { DeploymentScope } from "./permissions/permission";

/** What no workflow has any business with: the tasks themselves, and secrets. */
export const secretsOf = ({ place, namePrefix }: DeploymentScope): Statement[] => [
  {
    Sid: "NoTasks",
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
    Resource: ["", "/index/*"].map((part) =>
      regionalArn(place, "dynamodb", `table/${namePrefix}-tasks${part}`),
    ),
  },
  {
    Sid: "NoMessages",
    Effect: "Deny",
    Action: ["sqs:DeleteMessage", "sqs:PurgeQueue", "sqs:ReceiveMessage", "sqs:SendMessage"],
    Resource: regionalArn(place, "sqs", `${namePrefix}-*`),
  },
  {
    Sid: "NoLogs",
    Effect: "Deny",
    Action: ["logs:FilterLogEvents", "logs:GetLogEvents", "logs:StartQuery"],
    Resource: regionalArn(place, "logs", "log-group:*"),
  },
  {
    Sid: "NoSecrets",
    Effect: "Deny",
    Action: [
      "secretsmanager:GetSecretValue",
      "ssm:GetParameter",
      "ssm:GetParameters",
      "ssm:GetParametersByPath",
    ],
    Resource: [regionalArn(place, "secretsmanager", "secret:*"), regionalArn(place, "ssm", "parameter/*")],
  },
  {
    // It is about no resource: a Deny with ARNs would deny nothing.
    Sid: "NoListsOfSecrets",
    Effect: "Deny",
    Action: "secretsmanager:BatchGetSecretValue",
    Resource: "*",
  },
];
