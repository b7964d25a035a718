import * as z from "zod";

const message = z.looseObject({
  MessageId: z.string(),
  Body: z.string(),
  Attributes: z.record(z.string(), z.string()).default({}),
  MessageAttributes: z
    .record(
      z.string(),
      z.looseObject({ DataType: z.string().default("String"), StringValue: z.string().optional() }),
    )
    .nullish(),
  IsVisible: z.boolean().optional(),
});
const response = z.object({
  messages: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.array(message)))),
});

/** A message as the emulator has it. */
export interface EmulatorMessage {
  readonly MessageId: string;
  readonly Body: string;
  readonly Attributes: Record<string, string>;
  readonly MessageAttributes: Record<string, { DataType: string; StringValue?: string | undefined }>;
}

/** The messages of a queue, by an endpoint of the emulator: none is received, and none is hidden. */
export async function queueMessages(
  {
    endpoint,
    account,
    region,
  }: { readonly endpoint: string; readonly account: string; readonly region: string },
  queueUrl: string,
): Promise<EmulatorMessage[]> {
  const query = new URLSearchParams({ account, region, QueueUrl: queueUrl });
  const found = await fetch(`${endpoint}/_ministack/sqs/messages?${query.toString()}`);
  if (!found.ok) throw new Error(`The emulator returned ${found.status} for the messages of ${queueUrl}`);
  const { messages } = response.parse(await found.json());
  return Object.values(messages)
    .flatMap((regions) => Object.values(regions))
    .flatMap((queues) => Object.values(queues))
    .flat()
    .map(({ MessageId, Body, Attributes, MessageAttributes }) => ({
      MessageId,
      Body,
      Attributes,
      MessageAttributes: MessageAttributes ?? {},
    }));
}
