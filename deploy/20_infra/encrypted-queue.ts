import { SqsQueue, type SqsQueueConfig } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import { regionalArn, type AwsContext } from "../shared/arn";
import { policyDocument, type Statement } from "../shared/policy-document";

const secondsPerDay = 86_400;

/** The longest retention of SQS: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
export const longestRetentionDays = 14;

export interface EncryptedQueueProps {
  readonly name: string;
  readonly awsContext: AwsContext;
  readonly retentionDays: number;
  /** A customer managed key, or undefined for SSE-SQS. */
  readonly keyArn: string | undefined;
  readonly visibilityTimeoutSeconds?: number;
  readonly redrivePolicy?: SqsQueueConfig["redrivePolicy"];
  readonly redriveAllowPolicy?: SqsQueueConfig["redriveAllowPolicy"];
  /** Statements of the queue's policy in addition to the one that requires TLS. */
  readonly allow?: (queueArn: string) => Statement[];
}

/** A queue that is encrypted at rest and requires TLS. */
export class EncryptedQueue extends Construct {
  readonly arn: string;
  readonly url: string;

  constructor(scope: Construct, id: string, props: EncryptedQueueProps) {
    super(scope, id);
    const { name, awsContext, retentionDays, keyArn, allow, ...queueSettings } = props;
    // Not a reference: the policy is part of the queue's creation, instead of a second resource after it.
    const arn = regionalArn(awsContext, "sqs", name);
    const queue = new SqsQueue(this, "Resource", {
      name,
      messageRetentionSeconds: retentionDays * secondsPerDay,
      policy: policyDocument([denyInsecureTransport(arn), ...(allow?.(arn) ?? [])]),
      ...queueSettings,
      ...(keyArn === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: keyArn }),
    });
    this.arn = queue.arn;
    this.url = queue.url;
  }
}

const denyInsecureTransport = (queueArn: string): Statement => ({
  Sid: "DenyInsecureTransport",
  Effect: "Deny",
  Principal: "*",
  Action: "sqs:*",
  Resource: queueArn,
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});
