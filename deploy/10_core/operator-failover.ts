import { regionalArn } from "../shared/arn";
import { viaServices, type Statement } from "../shared/policy-document";
import type { OperatorScope } from "./operator-scope";

/** The services with encrypted data that operators call. */
const operatedServices = ["sqs", "dynamodb"];

/** What `recovery` calls, in both regions: it also limits the API to no concurrency, and reads how far the table replicates. */
export function failOver(
  { awsContext, namePrefix, keyArn, tags }: OperatorScope,
  recoveryRegion: string,
): Statement[] {
  return [
    {
      Sid: "LimitApi",
      Effect: "Allow",
      Action: [
        "lambda:DeleteFunctionConcurrency",
        "lambda:GetFunctionConcurrency",
        "lambda:PutFunctionConcurrency",
      ],
      Resource: regionalArn(awsContext, "lambda", `function:${namePrefix}-api`),
    },
    {
      Sid: "ReadReplicas",
      Effect: "Allow",
      Action: "dynamodb:DescribeTable",
      Resource: regionalArn(awsContext, "dynamodb", `table/${namePrefix}-tasks`),
    },
    ...(keyArn === undefined
      ? []
      : [
          {
            // KMS generates the id of the second region's key, so its tags identify it.
            ...useKey(regionalArn({ ...awsContext, region: recoveryRegion }, "kms", "key/*"), recoveryRegion),
            Sid: "UseStandbyKey",
            Condition: {
              StringEquals: {
                "aws:ResourceTag/Project": tags.Project,
                "aws:ResourceTag/Environment": tags.Environment,
                "kms:ViaService": viaServices(recoveryRegion, operatedServices),
              },
            },
          },
        ]),
  ];
}

/** Use of the environment's key by the services that operators call. */
export const useKey = (keyArn: string, region: string): Statement => ({
  Sid: "UseKey",
  Effect: "Allow",
  Action: ["kms:Decrypt", "kms:GenerateDataKey"],
  Resource: keyArn,
  Condition: {
    StringEquals: { "kms:ViaService": viaServices(region, operatedServices) },
  },
});
