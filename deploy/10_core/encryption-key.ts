import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { iamArn, regionalArn, type AwsContext } from "../shared/arn";
import { policyDocument, type Statement } from "../shared/policy-document";

export interface EncryptionKeyProps {
  readonly awsContext: AwsContext;
  /** `tasks-dev`: the key's alias, and the prefix of the log groups and queues that are encrypted with it. */
  readonly namePrefix: string;
  /** Days between the scheduling of the key's deletion and the deletion. */
  readonly deletionWindowDays: number;
}

/** The customer managed key for queues, table, secrets, logs and function variables; rotated every year. */
export class EncryptionKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const key = new KmsKey(this, "Resource", {
      description: `Encrypts queues, table, secrets, logs and function variables of ${props.namePrefix}`,
      enableKeyRotation: true,
      deletionWindowInDays: props.deletionWindowDays,
      policy: policyDocument(keyPolicy(props)),
    });
    new KmsAlias(this, "alias", { name: `alias/${props.namePrefix}`, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}

/** In a key policy `Resource: "*"` means this key. */
const keyPolicy = ({ awsContext, namePrefix }: EncryptionKeyProps): Statement[] => [
  {
    // Without this statement no principal could change the policy. IAM policies grant the use of the key.
    Sid: "AllowAccountAdministration",
    Effect: "Allow",
    Principal: { AWS: iamArn(awsContext, "root") },
    Action: "kms:*",
    Resource: "*",
  },
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
