import { SqsQueue, type SqsQueueConfig } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import { regionalArn, type Place } from "../shared/arn";
import { policyDocument, type Statement } from "../shared/policy-document";

const secondsPerDay = 86_400;

/** SQS keeps no message longer: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
export const longestRetentionDays = 14;

export interface EncryptedQueueProps {
  readonly name: string;
  readonly place: Place;
  readonly retentionDays: number;
  /** A customer managed key, or undefined for SQS's own. */
  readonly keyArn: string | undefined;
  readonly visibilityTimeoutSeconds?: number;
  readonly redrivePolicy?: SqsQueueConfig["redrivePolicy"];
  readonly redriveAllowPolicy?: SqsQueueConfig["redriveAllowPolicy"];
  /** What others may do beyond the account's IAM policies, given the queue's ARN. */
  readonly allow?: (queueArn: string) => Statement[];
}

/** A queue that is encrypted at rest and can only be talked to over TLS. */
export class EncryptedQueue extends Construct {
  readonly arn: string;
  readonly url: string;

  constructor(scope: Construct, id: string, props: EncryptedQueueProps) {
    super(scope, id);
    const { name, place, retentionDays, keyArn, allow, ...queueSettings } = props;
    // Written out, so that the queue never is without its policy, and Terraform does not wait for two resources.
    const arn = regionalArn(place, "sqs", name);
    const queue = new SqsQueue(this, "Resource", {
      name,
      messageRetentionSeconds: retentionDays * secondsPerDay,
      policy: policyDocument([denyWithoutTls(arn), ...(allow?.(arn) ?? [])]),
      ...queueSettings,
      ...(keyArn === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: keyArn }),
    });
    this.arn = queue.arn;
    this.url = queue.url;
  }
}

const denyWithoutTls = (queueArn: string): Statement => ({
  Sid: "DenyWithoutTls",
  Effect: "Deny",
  Principal: "*",
  Action: "sqs:*",
  Resource: queueArn,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});
