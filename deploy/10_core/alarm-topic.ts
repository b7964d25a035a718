import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { regionalArn, type AwsContext } from "../shared/arn";
import { denyInsecureTransport, policyDocument, type Statement } from "../shared/policy-document";
import { EncryptionKey } from "./encryption-key";

export interface AlarmTopicProps {
  readonly awsContext: AwsContext;
  readonly namePrefix: string;
  /** For a customer managed key of the topic; undefined for no encryption by SNS: an AWS managed key rejects alarms. */
  readonly keyDeletionWindowDays: number | undefined;
  readonly emails: readonly string[];
  readonly httpsEndpoints: readonly string[];
  /** The provider of the topic's region; that of the stack unless given. */
  readonly provider?: TerraformProvider | undefined;
}

/** The topic that all alarms notify, and its subscribers. */
export class AlarmTopic extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    super(scope, id);
    const {
      awsContext,
      namePrefix,
      keyDeletionWindowDays: deletionWindowDays,
      emails,
      httpsEndpoints,
      provider,
    } = props;
    const name = `${namePrefix}-alarms`;
    const arn = regionalArn(awsContext, "sns", name);
    const sources = { cloudwatch: `alarm:${namePrefix}-*`, events: `rule/${namePrefix}-*` };
    const key =
      deletionWindowDays === undefined
        ? undefined
        : new EncryptionKey(this, "key", {
            ...{ awsContext, alias: name, deletionWindowDays, provider },
            description: `Encrypts the alarms of ${namePrefix}`,
            // Without them messages are lost silently. The condition names the topic by the encryption context: EventBridge
            // sends KMS no `aws:SourceArn`. https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
            statements: publishers.map((publisher) =>
              allow(publisher, ["kms:Decrypt", "kms:GenerateDataKey"], "*", {
                StringEquals: { "kms:EncryptionContext:aws:sns:topicArn": arn },
              }),
            ),
          });
    const topic = new SnsTopic(this, "Resource", {
      name,
      provider,
      kmsMasterKeyId: key?.arn,
      policy: policyDocument([
        // https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
        ...publishers.map((publisher) =>
          allow(publisher, "sns:Publish", arn, {
            ArnLike: { "aws:SourceArn": regionalArn(awsContext, publisher, sources[publisher]) },
          }),
        ),
        denyInsecureTransport("sns:Publish", arn),
      ]),
    });
    this.arn = topic.arn;
    const subscribe = (protocol: string) => (endpoint: string, index: number) =>
      new SnsTopicSubscription(this, `${protocol}-${index}`, {
        topicArn: topic.arn,
        protocol,
        endpoint,
        provider,
      });
    emails.forEach(subscribe("email"));
    httpsEndpoints.forEach(subscribe("https"));
  }
}

const publishers = ["cloudwatch", "events"] as const;

/** A statement for CloudWatch, which publishes alarms, or EventBridge. */
const allow = (
  publisher: (typeof publishers)[number],
  Action: string | string[],
  Resource: string,
  Condition: NonNullable<Statement["Condition"]>,
): Statement => ({
  Sid: publisher === "cloudwatch" ? "AllowCloudWatch" : "AllowEventBridge",
  Effect: "Allow",
  Principal: { Service: `${publisher}.amazonaws.com` },
  ...{ Action, Resource, Condition },
});
