import {
  GetFunctionConfigurationCommand,
  ResourceNotFoundException,
  type LambdaClient,
} from "@aws-sdk/client-lambda";
import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  type SQSClient,
} from "@aws-sdk/client-sqs";

export interface FunctionStatus {
  readonly name: string;
  /** Undefined when the function or its alias does not exist. */
  readonly live?: { readonly version: string; readonly deployedAt: string };
}

export interface QueueStatus {
  readonly name: string;
  /** Numbers of messages, which SQS counts approximately. Undefined when the queue does not exist. */
  readonly messages?: { readonly visible: number; readonly inFlight: number; readonly delayed: number };
}

/** The version that an alias of each function names, and when it was deployed. */
export const functionStatus = (
  lambda: LambdaClient,
  names: readonly string[],
  alias: string,
): Promise<FunctionStatus[]> =>
  Promise.all(
    names.map(async (name) => {
      const command = new GetFunctionConfigurationCommand({ FunctionName: name, Qualifier: alias });
      const found = await unlessMissing(lambda.send(command), ResourceNotFoundException);
      if (found === undefined) return { name };
      const { Version: version = "", LastModified: deployedAt = "" } = found;
      return { name, live: { version, deployedAt } };
    }),
  );

/** The depth of each queue. */
export const queueStatus = (sqs: SQSClient, names: readonly string[]): Promise<QueueStatus[]> =>
  Promise.all(
    names.map(async (name) => {
      const found = await unlessMissing(
        sqs.send(new GetQueueUrlCommand({ QueueName: name })),
        QueueDoesNotExist,
      );
      if (found === undefined) return { name };
      const { Attributes = {} } = await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl: found.QueueUrl,
          AttributeNames: [
            "ApproximateNumberOfMessages",
            "ApproximateNumberOfMessagesNotVisible",
            "ApproximateNumberOfMessagesDelayed",
          ],
        }),
      );
      const messages = {
        visible: Number(Attributes.ApproximateNumberOfMessages),
        inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
        delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed),
      };
      return { name, messages };
    }),
  );

async function unlessMissing<Output>(
  found: Promise<Output>,
  missing: abstract new (...given: never[]) => Error,
): Promise<Output | undefined> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof missing) return undefined;
    throw error;
  }
}
