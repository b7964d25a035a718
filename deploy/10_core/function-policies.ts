import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import type { Construct } from "constructs";
import type { Place } from "../shared/arn";
import { policyDocument } from "../shared/policy-document";

/** Lets a function send its traces; X-Ray has no resources that a policy could name. */
export const tracingPolicy = (scope: Construct, namePrefix: string) =>
  new IamPolicy(scope, "tracing-policy", {
    name: `${namePrefix}-tracing`,
    description: "Send traces to X-Ray",
    policy: policyDocument([
      {
        Sid: "SendTraces",
        Effect: "Allow",
        Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
        Resource: "*",
      },
    ]),
  });

/** Lets a function use the key, but only through the services that hold its data. */
export const keyUsagePolicy = (scope: Construct, namePrefix: string, place: Place, keyArn: string) =>
  new IamPolicy(scope, "key-usage-policy", {
    name: `${namePrefix}-key-usage`,
    description: "Use the environment's key through SQS, DynamoDB, Lambda and Secrets Manager",
    policy: policyDocument([
      {
        Sid: "UseKeyThroughServices",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: keyArn,
        Condition: {
          StringEquals: {
            "kms:ViaService": ["sqs", "dynamodb", "lambda", "secretsmanager"].map(
              (service) => `${service}.${place.region}.amazonaws.com`,
            ),
          },
        },
      },
    ]),
  });
