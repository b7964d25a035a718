import { SqsQueue, type SqsQueueConfig } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import { regionalArn, type AwsContext } from "../shared/arn";
import { metricsOf, type AlarmDefinitions, type Alarms } from "../shared/alarms";
import { denyInsecureTransport, policyDocument, type Statement } from "../shared/policy-document";

const secondsPerDay = 86_400;

export interface EncryptedQueueProps {
  readonly name: string;
  readonly awsContext: AwsContext;
  readonly retentionDays: number;
  /** A customer managed key, or undefined for SSE-SQS. */
  readonly keyArn: string | undefined;
  readonly alarms: Alarms;
  /** What the alarms watch: any message of a dead-letter queue, or how old the messages for a consumer are. */
  readonly watches: "dead letters" | { readonly oldestMessageSeconds: number };
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
    const { name, awsContext, retentionDays, keyArn, allow, alarms, watches, ...queueSettings } = props;
    // Not a reference: the policy is part of the queue's creation, instead of a second resource after it.
    const arn = regionalArn(awsContext, "sqs", name);
    const queue = new SqsQueue(this, "Resource", {
      name,
      messageRetentionSeconds: retentionDays * secondsPerDay,
      policy: policyDocument([denyInsecureTransport("sqs:*", arn), ...(allow?.(arn) ?? [])]),
      ...queueSettings,
      ...(keyArn === undefined ? { sqsManagedSseEnabled: true } : { kmsMasterKeyId: keyArn }),
    });
    this.arn = queue.arn;
    this.url = queue.url;
    const metric = metricsOf("AWS/SQS", { QueueName: name });
    alarms.add(this, name, queueAlarms(metric, watches), {
      messages: [visible, inFlight].map((count) => metric(count, "Maximum")),
      "sent messages (cost)": [metric("NumberOfMessagesSent")],
    });
  }
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const mostMessagesInFlight = 120_000;

const visible = "ApproximateNumberOfMessagesVisible";
const inFlight = "ApproximateNumberOfMessagesNotVisible";

const queueAlarms = (
  metric: ReturnType<typeof metricsOf>,
  watches: EncryptedQueueProps["watches"],
): AlarmDefinitions =>
  watches === "dead letters"
    ? {
        "not-empty": {
          ...{ summary: "The dead-letter queue has messages", metrics: [metric(visible, "Maximum")] },
          ...{ above: 0, symptom: true },
        },
      }
    : {
        "oldest-message": {
          summary: "Messages wait too long for a consumer",
          metrics: [metric("ApproximateAgeOfOldestMessage", "Maximum")],
          ...{ above: watches.oldestMessageSeconds, datapoints: [3, 5], symptom: true },
        },
        "in-flight": {
          summary: "The queue is near the limit of messages in flight, beyond which SQS delivers none",
          ...{ metrics: [metric(inFlight, "Maximum")], above: 0.8 * mostMessagesInFlight },
        },
      };
