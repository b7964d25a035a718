/** A number from AWS's documentation, with its source. */
export interface Stated {
  readonly value: number;
  readonly what: string;
  readonly source: string;
}

export const readOn = "2026-11";

const dynamo = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide";

const cacheQuotas = "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/RedisConfiguration.html";

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
  connectionsOfUnit: {
    value: 189,
    what: "connections of PostgreSQL for each ACU of the most capacity; at most 5,000, and 2,000 with a minimum of 0 or 0.5 ACUs",
    source:
      "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html#aurora-serverless-v2.max-connections",
  },
  unitsOfSlot: {
    value: 30_000,
    what: "units (ECPU) a second of one slot of ElastiCache Serverless, in which all requests of one caller are",
    source: cacheQuotas,
  },
  unitsOfCache: {
    value: 15_000_000,
    what: "units (ECPU) a second of one cache, unless max_ecpu_per_second is less",
    source: cacheQuotas,
  },
} as const satisfies Record<string, Stated>;
