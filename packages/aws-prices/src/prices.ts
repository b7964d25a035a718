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
  alarmMetrics: { what: "a month of a metric that an alarm evaluates", page: "cloudwatch" },
  compositeAlarms: { what: "a month of a composite alarm", page: "cloudwatch" },
  customMetrics: { what: "a month of a metric of the service", page: "cloudwatch" },
  dashboards: { what: "a month of a dashboard", page: "cloudwatch" },
  traces: { what: "a million traces recorded", page: "xray" },
  keys: { what: "a month of a customer managed key", page: "kms" },
  keyRequests: { what: "a million requests to KMS", page: "kms" },
  secrets: { what: "a month of a secret", page: "secrets-manager" },
  objectWrites: { what: "a million PUT requests of S3 Standard", page: "s3" },
  objectStorage: { what: "a GB-month of S3 Standard", page: "s3" },
  healthChecks: { what: "a month of a health check of an AWS endpoint", page: "route53" },
  healthCheckOptions: {
    what: "a month of HTTPS, or of an interval of 10 s, of a health check",
    page: "route53",
  },
  hostedZones: { what: "a month of a hosted zone", page: "route53" },
  edgeRequests: { what: "a million HTTPS requests to CloudFront", page: "cloudfront" },
  edgeGigabytes: { what: "a GB that CloudFront sends to clients", page: "cloudfront" },
  edgeFunctions: { what: "a million invocations of a CloudFront function", page: "cloudfront" },
  edgeValues: { what: "a million reads of a key value store by a CloudFront function", page: "cloudfront" },
  webAcls: { what: "a month of a web ACL", page: "waf" },
  webAclRules: { what: "a month of a rule of a web ACL", page: "waf" },
  webAclRequests: { what: "a million requests that a web ACL inspects", page: "waf" },
  endpointHours: { what: "an hour of an interface endpoint in a zone", page: "privatelink" },
  endpointGigabytes: { what: "a GB through an interface endpoint", page: "privatelink" },
  databaseCapacity: { what: "an hour of an ACU of Aurora Serverless v2, Standard", page: "rds/aurora" },
  databaseStorage: { what: "a GB-month of Aurora Standard", page: "rds/aurora" },
  databaseRequests: { what: "a million I/O requests of Aurora Standard", page: "rds/aurora" },
  cacheStorage: {
    what: "a GB-hour of ElastiCache Serverless for Valkey, of 0.1 GB or more",
    page: "elasticache",
  },
  cacheUnits: { what: "a million units (ECPU) of ElastiCache Serverless for Valkey", page: "elasticache" },
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
  /** The region whose prices they are. */
  readonly region: string;
  readonly asOf: string;
  readonly prices: Prices;
}

const everywhere = {
  lambdaRequests: 0.2,
  lambdaGigabyteSeconds: 0.0000133334,
  queueRequests: 0.4,
  alarmMetrics: 0.1,
  compositeAlarms: 0.5,
  customMetrics: 0.3,
  dashboards: 3,
  traces: 5,
  keys: 1,
  keyRequests: 3,
  secrets: 0.4,
  secretReads: 5,
  healthChecks: 0.5,
  healthCheckOptions: 1,
  hostedZones: 0.5,
  edgeGigabytes: 0.085,
  edgeFunctions: 0.1,
  edgeValues: 0.03,
  webAcls: 5,
  webAclRules: 1,
  webAclRequests: 0.6,
  endpointGigabytes: 0.01,
} as const;

/** The region whose prices are used for one without a list. */
const defaultRegion = "us-east-1";

const lists = {
  "eu-central-1": {
    region: "eu-central-1",
    asOf: "2025-08",
    prices: {
      ...everywhere,
      apiRequests: 1.2,
      cacheStorage: 0.101,
      cacheUnits: 0.0028,
      databaseCapacity: 0.14,
      databaseStorage: 0.119,
      databaseRequests: 0.22,
      edgeRequests: 1.2,
      endpointHours: 0.012,
      objectWrites: 5.4,
      objectStorage: 0.0245,
      tableWrites: 0.7625,
      tableReads: 0.1525,
      tableStorage: 0.306,
      tableRecovery: 0.2448,
      logIngestion: 0.63,
      logStorage: 0.0324,
    },
  },
  [defaultRegion]: {
    region: defaultRegion,
    asOf: "2025-08",
    prices: {
      ...everywhere,
      apiRequests: 1,
      cacheStorage: 0.084,
      cacheUnits: 0.0023,
      databaseCapacity: 0.12,
      databaseStorage: 0.1,
      databaseRequests: 0.2,
      edgeRequests: 1,
      endpointHours: 0.01,
      objectWrites: 5,
      objectStorage: 0.023,
      tableWrites: 0.625,
      tableReads: 0.125,
      tableStorage: 0.25,
      tableRecovery: 0.2,
      logIngestion: 0.5,
      logStorage: 0.03,
    },
  },
} as const satisfies Readonly<Record<string, PriceList>>;

/** The prices of a region; those of another one, which the list names, when there are none. */
export const pricesOf = (region: string): PriceList =>
  new Map<string, PriceList>(Object.entries(lists)).get(region) ?? lists[defaultRegion];
