import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { iamArn, regionalArn, type AwsContext } from "../shared/arn";
import { policyDocument, type Statement } from "../shared/policy-document";

export interface EncryptionKeyProps {
  readonly awsContext: AwsContext;
  readonly alias: string;
  readonly description: string;
  /** Days between the scheduling of the key's deletion and the deletion. */
  readonly deletionWindowDays: number;
  /** What AWS services may do with the key. IAM policies grant its use to roles. In a key policy `Resource: "*"` means this key. */
  readonly statements: readonly Statement[];
  /** The provider of the key's region; that of the stack unless given. */
  readonly provider?: TerraformProvider | undefined;
}

/** A customer managed key; rotated every year. */
export class EncryptionKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const key = new KmsKey(this, "Resource", {
      description: props.description,
      provider: props.provider,
      enableKeyRotation: true,
      deletionWindowInDays: props.deletionWindowDays,
      policy: policyDocument([administration(props.awsContext), ...props.statements]),
    });
    new KmsAlias(this, "alias", {
      name: `alias/${props.alias}`,
      targetKeyId: key.keyId,
      provider: props.provider,
    });
    this.arn = key.arn;
  }
}

// Without this statement no principal could change the policy.
const administration = (awsContext: AwsContext): Statement => ({
  Sid: "AllowAccountAdministration",
  Effect: "Allow",
  Principal: { AWS: iamArn(awsContext, "root") },
  Action: "kms:*",
  Resource: "*",
});

/** What services may do with the key for queues, logs and undelivered events of an environment. */
export const dataKeyStatements = (awsContext: AwsContext, namePrefix: string): Statement[] => [
  {
    Sid: "AllowCloudWatchLogs",
    Effect: "Allow",
    Principal: { Service: `logs.${awsContext.region}.amazonaws.com` },
    // AWS's example also has `kms:Describe*`, which has no encryption context: the condition would never be met.
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
    Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
    Resource: "*",
    Condition: {
      ArnLike: {
        "kms:EncryptionContext:aws:logs:arn": ["/aws/lambda/", "/aws/vendedlogs/"].map((folder) =>
          regionalArn(awsContext, "logs", `log-group:${folder}${namePrefix}-*`),
        ),
      },
    },
  },
  {
    // EventBridge sends undelivered events to an encrypted queue; without this statement they would be lost. The
    // condition names the queue by the encryption context: EventBridge sends KMS no `aws:SourceArn` and no
    // `aws:SourceAccount`. The queue's own policy limits the rules that may send to it.
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
    Sid: "AllowEventBridge",
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: "*",
    Condition: {
      ArnLike: { "kms:EncryptionContext:aws:sqs:arn": regionalArn(awsContext, "sqs", `${namePrefix}-*`) },
    },
  },
];
