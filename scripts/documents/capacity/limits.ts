/** A number from AWS's documentation, with its source. */
export interface Stated {
  readonly value: number;
  readonly what: string;
  readonly source: string;
}

export const readOn = "2026-11";

const dynamo = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide";

/** Limits that a deployment can reach. */
export const limits = {
  writesOfPartition: {
    value: 1_000,
    what: "write units a second of one DynamoDB partition",
    source: `${dynamo}/bp-partition-key-design.html`,
  },
  messagesInFlight: {
    value: 120_000,
    what: "messages in flight of one standard SQS queue",
    source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html",
  },
  concurrency: {
    value: 1_000,
    what: "concurrent Lambda executions of a region, unless raised",
    source: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
  },
  writesOfTable: {
    value: 40_000,
    what: "write units a second of one DynamoDB table, unless raised",
    source: `${dynamo}/ServiceQuotas.html`,
  },
} as const satisfies Record<string, Stated>;
