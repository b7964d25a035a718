import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { regionalArn, type Place } from "../shared/arn";
import { policyDocument, type Statement } from "../shared/policy-document";

export interface EncryptionKeyProps {
  readonly place: Place;
  /** `tasks-dev`: the key's alias, and the prefix of the log groups and rules that may use it. */
  readonly namePrefix: string;
  /** Days between the key's scheduled deletion and its end. */
  readonly deletionWindowDays: number;
}

/** The customer managed key for queues, table, logs and function environments; rotated every year. */
export class EncryptionKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const key = new KmsKey(this, "Resource", {
      description: `Encrypts what ${props.namePrefix} stores`,
      enableKeyRotation: true,
      deletionWindowInDays: props.deletionWindowDays,
      policy: policyDocument(keyPolicy(props)),
    });
    new KmsAlias(this, "alias", { name: `alias/${props.namePrefix}`, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}

/** In a key policy `Resource: "*"` means this key. */
const keyPolicy = ({ place, namePrefix }: EncryptionKeyProps): Statement[] => [
  {
    // Without it nobody could change the policy again; IAM policies then decide who in the account may use the key.
    Sid: "AccountAdministersKey",
    Effect: "Allow",
    Principal: { AWS: `arn:${place.partition}:iam::${place.account_id}:root` },
    Action: "kms:*",
    Resource: "*",
  },
  {
    Sid: "LogGroupsOfThisEnvironment",
    Effect: "Allow",
    Principal: { Service: `logs.${place.region}.amazonaws.com` },
    // AWS's example has `kms:Describe*`, too, which has no encryption context: the condition would never be met.
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
    Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
    Resource: "*",
    Condition: {
      ArnLike: {
        "kms:EncryptionContext:aws:logs:arn": ["/aws/lambda/", "/aws/vendedlogs/"].map((folder) =>
          regionalArn(place, "logs", `log-group:${folder}${namePrefix}-*`),
        ),
      },
    },
  },
  {
    // Undelivered events go to an encrypted queue; without this they would be lost in silence. The queue is known by the
    // encryption context: EventBridge sends KMS no `aws:SourceArn` and no `aws:SourceAccount`. Which rules may send to
    // the queue is for the queue's own policy to say.
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
    Sid: "UndeliveredEventsOfThisEnvironment",
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Resource: "*",
    Condition: {
      ArnLike: { "kms:EncryptionContext:aws:sqs:arn": regionalArn(place, "sqs", `${namePrefix}-*`) },
    },
  },
];
