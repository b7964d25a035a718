import { unknownRegion } from "./errors";

/** The prices that apply to the stacks' resources. */
export const priced = {
  apiRequests: { what: "a million HTTP API requests of up to 512 KB", page: "api-gateway" },
  lambdaRequests: { what: "a million Lambda invocations", page: "lambda" },
  lambdaGigabyteSeconds: {
    what: "a GB-second of Lambda on arm64, since 2025-08 of its start too",
    page: "lambda",
  },
  queueRequests: { what: "a million requests of a standard queue, of up to 64 KB", page: "sqs" },
  tableWrites: { what: "a million write units on demand", page: "dynamodb" },
  tableReads: { what: "a million read units on demand", page: "dynamodb" },
  tableStorage: { what: "a GB-month of a table with its indexes", page: "dynamodb" },
  tableRecovery: { what: "a GB-month of point-in-time recovery", page: "dynamodb" },
  logIngestion: { what: "a GB of ingested logs", page: "cloudwatch" },
  logStorage: { what: "a GB-month of compressed logs", page: "cloudwatch" },
  traces: { what: "a million traces recorded", page: "xray" },
  keys: { what: "a month of a customer managed key", page: "kms" },
  keyRequests: { what: "a million requests to KMS", page: "kms" },
  secrets: { what: "a month of a secret", page: "secrets-manager" },
  secretReads: { what: "a million requests to Secrets Manager", page: "secrets-manager" },
} as const satisfies Readonly<Record<string, { readonly what: string; readonly page: string }>>;
export type Priced = keyof typeof priced;

/** The page on which AWS publishes a price. */
export const sourceOf = (name: Priced): string =>
  priced[name].page === "xray"
    ? "https://aws.amazon.com/xray/pricing/"
    : `https://aws.amazon.com/${priced[name].page}/pricing/`;

export type Prices = Readonly<Record<Priced, number>>;

/** List prices in $, as published at the date, without tiers, free tiers and tax. */
interface PriceList {
  readonly asOf: string;
  readonly prices: Prices;
}

const everywhere = {
  lambdaRequests: 0.2,
  lambdaGigabyteSeconds: 0.0000133334,
  queueRequests: 0.4,
  traces: 5,
  keys: 1,
  keyRequests: 3,
  secrets: 0.4,
  secretReads: 5,
} as const;

const lists: Readonly<Record<string, PriceList>> = {
  "eu-central-1": {
    asOf: "2025-08",
    prices: {
      ...everywhere,
      apiRequests: 1.2,
      tableWrites: 0.7625,
      tableReads: 0.1525,
      tableStorage: 0.306,
      tableRecovery: 0.2448,
      logIngestion: 0.63,
      logStorage: 0.0324,
    },
  },
  "us-east-1": {
    asOf: "2025-08",
    prices: {
      ...everywhere,
      apiRequests: 1,
      tableWrites: 0.625,
      tableReads: 0.125,
      tableStorage: 0.25,
      tableRecovery: 0.2,
      logIngestion: 0.5,
      logStorage: 0.03,
    },
  },
};

/** @throws {CommandError} for a region without prices */
export function pricesOf(region: string): PriceList {
  const list = lists[region];
  if (list === undefined) throw unknownRegion(region, Object.keys(lists));
  return list;
}
