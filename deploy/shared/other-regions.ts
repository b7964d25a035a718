import type { AwsContext } from "./arn";
import type { Statement } from "./policy-document";

/**
 * The context of ARNs in both regions of an environment that has two. Their roles have one policy for both, since IAM limits
 * the size of a policy and the policies of a role; `denyOtherRegions` is what limits it to two.
 */
export const inBothRegions = (awsContext: AwsContext, second: string | undefined): AwsContext =>
  second === undefined ? awsContext : { ...awsContext, region: "*" };

/** The services with regions that roles of an environment with two regions have permissions for. */
const regionalServices = [
  ...["acm", "apigateway", "cloudwatch", "dynamodb", "events", "execute-api", "kms", "lambda", "logs"],
  ...["secretsmanager", "sns", "sqs"],
];

/** Denies all regions but the two of an environment; nothing for an environment with one, whose ARNs name it. */
export const denyOtherRegions = (first: string, second: string | undefined): Statement[] =>
  second === undefined
    ? []
    : [
        {
          Sid: "DenyOtherRegions",
          Effect: "Deny",
          Action: regionalServices.map((service) => `${service}:*`),
          Resource: "*",
          Condition: { StringNotEquals: { "aws:RequestedRegion": [first, second] } },
        },
      ];
