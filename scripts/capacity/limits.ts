/** A number that AWS states, where, and when it was read there. */
export interface Stated {
  readonly value: number;
  readonly what: string;
  readonly source: string;
}

export const readOn = "2026-11";
export const region = "eu-central-1";

const dynamo = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide";

/** Limits that a deployment can meet. */
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

/** List prices in $, without free tiers; they differ a little from region to region. */
export const prices = {
  apiRequests: {
    value: 1.2,
    what: "a million HTTP API requests",
    source: "https://aws.amazon.com/api-gateway/pricing/",
  },
  lambdaRequests: {
    value: 0.2,
    what: "a million Lambda requests",
    source: "https://aws.amazon.com/lambda/pricing/",
  },
  lambdaGigabyteSecond: {
    value: 0.0000133334,
    what: "a GB-second of Lambda on arm64",
    source: "https://aws.amazon.com/lambda/pricing/",
  },
  queueRequests: {
    value: 0.4,
    what: "a million SQS requests",
    source: "https://aws.amazon.com/sqs/pricing/",
  },
  tableWrites: {
    value: 0.7625,
    what: "a million DynamoDB write units",
    source: "https://aws.amazon.com/dynamodb/pricing/on-demand/",
  },
  tableReads: {
    value: 0.1525,
    what: "a million DynamoDB read units",
    source: "https://aws.amazon.com/dynamodb/pricing/on-demand/",
  },
} as const satisfies Record<string, Stated>;
