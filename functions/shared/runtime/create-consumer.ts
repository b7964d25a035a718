import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import type * as z from "zod/mini";
import { readSettings, type Settings } from "../../settings";
import { asError } from "./as-error";
import { baseEnvironment, readEnvironment } from "./environment";
import { createLogger, type Log } from "./logger";
import { parseJson } from "./parse-json";

/** What a consumer gets in addition to the message. */
export interface MessageContext {
  readonly messageId: string;
  /** 1 for the first delivery. The same message may be delivered more than once. */
  readonly receiveCount: number;
  readonly log: Log;
  readonly settings: Settings;
}

interface Consumer<Schema extends z.ZodMiniType> {
  /** The schema of a message's JSON. */
  readonly message: Schema;
  /**
   * Processes a message.
   * @throws {Error} to have SQS deliver it again, or move it to the dead-letter queue after `max_receive_count` deliveries
   */
  readonly handle: (message: z.output<Schema>, context: MessageContext) => Promise<void>;
}

type Runtime = Pick<MessageContext, "log" | "settings">;

const fromEnvironment = (): Runtime => ({
  log: createLogger(readEnvironment(baseEnvironment, process.env)),
  settings: readSettings(process.env),
});

/**
 * The Lambda handler of a function that consumes a queue. The messages of a batch are processed concurrently; SQS
 * redelivers only those that failed.
 * @param read reads the function's environment; tests pass their own
 */
export function createConsumer<Schema extends z.ZodMiniType>(
  { message: schema, handle }: Consumer<Schema>,
  read: () => Runtime = fromEnvironment,
): (event: SQSEvent, context?: Context) => Promise<SQSBatchResponse> {
  let runtime: Runtime | undefined;
  return async ({ Records }) => {
    runtime ??= read();
    const { log: shared, settings } = runtime;
    const failed = await Promise.all(
      Records.map(async ({ messageId, body, attributes }) => {
        const receiveCount = Number(attributes.ApproximateReceiveCount);
        const log = shared.with({ messageId, receiveCount });
        try {
          await handle(schema.parse(parseJson(body)), { messageId, receiveCount, log, settings });
          return [];
        } catch (error) {
          log.error("message failed", { error: asError(error) });
          return [{ itemIdentifier: messageId }];
        }
      }),
    );
    return { batchItemFailures: failed.flat() };
  };
}
