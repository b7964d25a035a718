import { randomUUID } from "node:crypto";
import { SubscribeCommand, UnsubscribeCommand, type SNSClient } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import * as z from "zod";
import { parseJson } from "../../local-cloud/src/parse-json";

/** What CloudWatch sends, in the envelope of SNS. */
const notification = z.object({ Message: z.string() });
const alarmMessage = z.object({ AlarmName: z.string(), NewStateValue: z.string() });
export type AlarmMessage = z.output<typeof alarmMessage>;

/** A queue that subscribes a topic for the time of a drill. */
export class DrillSubscriber {
  private constructor(
    private readonly sqs: SQSClient,
    private readonly sns: SNSClient,
    private readonly url: string,
    private readonly subscription: string,
  ) {}

  /** @param prefix of the queue's name */
  static async open(
    sqs: SQSClient,
    sns: SNSClient,
    topicArn: string,
    prefix: string,
  ): Promise<DrillSubscriber> {
    const name = `${prefix}alarm-drill-${randomUUID().slice(0, 8)}`;
    const queueArn = topicArn.replace(/^(arn:[^:]+):sns:(.*):[^:]+$/, `$1:sqs:$2:${name}`);
    const Policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: queueArn,
          Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
        },
      ],
    });
    const { QueueUrl = "" } = await sqs.send(
      new CreateQueueCommand({ QueueName: name, Attributes: { Policy } }),
    );
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }),
    );
    const { SubscriptionArn = "" } = await sns.send(
      new SubscribeCommand({
        ...{ TopicArn: topicArn, Protocol: "sqs", Endpoint: Attributes?.QueueArn ?? queueArn },
        ReturnSubscriptionArn: true,
      }),
    );
    return new DrillSubscriber(sqs, sns, QueueUrl, SubscriptionArn);
  }

  /** Receives messages until one of an alarm in state ALARM has arrived, or the time is over. */
  async waitFor(alarm: string, milliseconds: number): Promise<AlarmMessage | undefined> {
    const end = Date.now() + milliseconds;
    while (Date.now() < end) {
      const found = (await this.receive()).find(
        ({ AlarmName, NewStateValue }) => AlarmName === alarm && NewStateValue === "ALARM",
      );
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private async receive(): Promise<AlarmMessage[]> {
    const { Messages = [] } = await this.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: this.url, MaxNumberOfMessages: 10, WaitTimeSeconds: 2 }),
    );
    if (Messages.length > 0)
      await this.sqs.send(
        new DeleteMessageBatchCommand({
          QueueUrl: this.url,
          Entries: Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
        }),
      );
    return Messages.flatMap(({ Body = "" }) => {
      const { Message } = notification.parse(JSON.parse(Body));
      // Other publishers of the topic may send plain strings.
      const parsed = alarmMessage.safeParse(parseJson(Message));
      return parsed.success ? [parsed.data] : [];
    });
  }

  async close(): Promise<void> {
    await this.sns.send(new UnsubscribeCommand({ SubscriptionArn: this.subscription }));
    await this.sqs.send(new DeleteQueueCommand({ QueueUrl: this.url }));
  }
}
