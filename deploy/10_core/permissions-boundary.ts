import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { regionalArn, type Place } from "../shared/arn";
import { policyDocument, type Statement } from "../shared/policy-document";

export interface PermissionsBoundaryProps {
  readonly place: Place;
  readonly namePrefix: string;
  readonly keyArn: string | undefined;
}

/**
 * The most that any function of the environment can ever be allowed: reading and writing its own environment's data.
 * A boundary grants nothing; a role has what both it and its policies allow.
 */
export class PermissionsBoundary extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: PermissionsBoundaryProps) {
    super(scope, id);
    this.arn = new IamPolicy(this, "Resource", {
      name: `${props.namePrefix}-boundary`,
      description: "The most that a function's role may be allowed",
      policy: policyDocument(boundary(props)),
    }).arn;
  }
}

const boundary = ({ place, namePrefix, keyArn }: PermissionsBoundaryProps): Statement[] => [
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
    Resource: regionalArn(place, "sqs", `${namePrefix}-*`),
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
    Resource: regionalArn(place, "dynamodb", `table/${namePrefix}-*`),
  },
  {
    Sid: "Secrets",
    Effect: "Allow",
    Action: ["secretsmanager:GetSecretValue"],
    Resource: regionalArn(place, "secretsmanager", `secret:${namePrefix}-*`),
  },
  {
    Sid: "Logs",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: regionalArn(place, "logs", `log-group:/aws/lambda/${namePrefix}-*`),
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
