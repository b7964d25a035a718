import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { regionalArn, type AwsContext } from "../shared/arn";
import { policyDocument, type Statement } from "../shared/policy-document";

export interface PermissionsBoundaryProps {
  readonly awsContext: AwsContext;
  readonly namePrefix: string;
  readonly keyArn: string | undefined;
}

/**
 * The maximum permissions of every function of the environment: reading and writing its own environment's data.
 * A boundary grants nothing: a role may do what both the boundary and its policies allow.
 */
export class PermissionsBoundary extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: PermissionsBoundaryProps) {
    super(scope, id);
    this.arn = new IamPolicy(this, "Resource", {
      name: `${props.namePrefix}-boundary`,
      description: "Permissions boundary of the Lambda execution roles",
      policy: policyDocument(boundary(props)),
    }).arn;
  }
}

const boundary = ({ awsContext, namePrefix, keyArn }: PermissionsBoundaryProps): Statement[] => [
  {
    Sid: "Messages",
    Effect: "Allow",
    Action: [
      "sqs:SendMessage",
      "sqs:ReceiveMessage",
      "sqs:DeleteMessage",
      "sqs:ChangeMessageVisibility",
      "sqs:GetQueueAttributes",
    ],
    Resource: regionalArn(awsContext, "sqs", `${namePrefix}-*`),
  },
  {
    Sid: "Tables",
    Effect: "Allow",
    Action: [
      "dynamodb:GetItem",
      "dynamodb:BatchGetItem",
      "dynamodb:Query",
      "dynamodb:PutItem",
      "dynamodb:UpdateItem",
      "dynamodb:DeleteItem",
      "dynamodb:ConditionCheckItem",
    ],
    Resource: regionalArn(awsContext, "dynamodb", `table/${namePrefix}-*`),
  },
  {
    Sid: "Secrets",
    Effect: "Allow",
    Action: ["secretsmanager:GetSecretValue"],
    Resource: regionalArn(awsContext, "secretsmanager", `secret:${namePrefix}-*`),
  },
  {
    Sid: "Logs",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: regionalArn(awsContext, "logs", `log-group:/aws/lambda/${namePrefix}-*`),
  },
  {
    Sid: "Traces",
    Effect: "Allow",
    Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
    Resource: "*",
  },
  ...(keyArn === undefined ? [] : [useKey(keyArn)]),
];

const useKey = (keyArn: string): Statement => ({
  Sid: "Key",
  Effect: "Allow",
  Action: ["kms:Decrypt", "kms:GenerateDataKey"],
  Resource: keyArn,
});
