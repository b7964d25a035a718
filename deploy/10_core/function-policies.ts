import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { bucketNames } from "@serverless-tasks/functions/service";
import type { Construct } from "constructs";
import type { AwsContext } from "../shared/arn";
import { policyDocument, viaServices } from "../shared/policy-document";

/** Allows a function to send traces. X-Ray has no resources that a policy could name. */
export const tracingPolicy = (scope: Construct, namePrefix: string, suffix: string) =>
  new IamPolicy(scope, "tracing-policy", {
    name: `${namePrefix}-tracing${suffix}`,
    description: "Allows sending traces to X-Ray",
    policy: policyDocument([
      {
        Sid: "SendTraces",
        Effect: "Allow",
        Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"],
        Resource: "*",
      },
    ]),
  });

/** Allows a function to use the key, but only through the services that store its data. */
export const keyUsagePolicy = (
  scope: Construct,
  { namePrefix, suffix }: { readonly namePrefix: string; readonly suffix: string },
  awsContext: AwsContext,
  keyArn: string,
) =>
  new IamPolicy(scope, "key-usage-policy", {
    name: `${namePrefix}-key-usage${suffix}`,
    description:
      "Allows the use of the environment's KMS key through SQS, DynamoDB, Lambda and Secrets Manager",
    policy: policyDocument([
      {
        Sid: "UseKeyThroughServices",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: keyArn,
        Condition: {
          StringEquals: {
            "kms:ViaService": viaServices(awsContext.region, [
              "sqs",
              "dynamodb",
              "lambda",
              "secretsmanager",
              ...(bucketNames.length > 0 ? ["s3"] : []),
            ]),
          },
        },
      },
    ]),
  });
