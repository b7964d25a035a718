import type { AwsResponse, AwsCall } from "../../../aws-stub/src/aws-stub";

const xml = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): AwsResponse => ({
  status,
  headers: { "content-type": "application/xml", ...headers },
  body,
});

/** An error as S3 returns it; HEAD has no body. */
export const s3Error = (
  status: number,
  code: string,
  headers?: Readonly<Record<string, string>>,
): AwsResponse => xml(status, `<Error><Code>${code}</Code><Message>${code}!</Message></Error>`, headers);

/** What S3 returns for a setting that a bucket has never had. */
const neverSet: Readonly<Record<string, AwsResponse>> = {
  encryption: s3Error(404, "ServerSideEncryptionConfigurationNotFoundError"),
  lifecycle: s3Error(404, "NoSuchLifecycleConfiguration"),
  logging: xml(200, "<BucketLoggingStatus/>"),
  ownershipControls: s3Error(404, "OwnershipControlsNotFoundError"),
  policy: s3Error(404, "NoSuchBucketPolicy"),
  publicAccessBlock: s3Error(404, "NoSuchPublicAccessBlockConfiguration"),
  versioning: xml(200, "<VersioningConfiguration/>"),
};

const json = (status: number, values: object): AwsResponse => ({ status, body: JSON.stringify(values) });
export const dynamoError = (name: string): AwsResponse =>
  json(400, { __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: `${name}!` });

/** The S3 and DynamoDB of an empty account, as far as `ensureStateStorage` calls them. */
export class StateStorageStub {
  readonly calls: AwsCall[] = [];
  private readonly buckets = new Set<string>();

  /** @param scripted responses of an operation, the first call's first; the account's own after that */
  constructor(
    private readonly scripted: Readonly<Record<string, readonly AwsResponse[]>> = {},
    private hasTable = false,
  ) {}

  readonly answer = (call: AwsCall): AwsResponse => {
    this.calls.push(call);
    const before = this.calls.filter(({ operation }) => operation === call.operation).length - 1;
    const effect = this.effectOf(call);
    return this.scripted[call.operation]?.[before] ?? effect;
  };

  bodiesOf = (operation: string) =>
    this.calls.filter((call) => call.operation === operation).map(({ body }) => body);

  private effectOf({ operation }: AwsCall): AwsResponse {
    const [, method = "", bucket = "", setting] = /^([A-Z]+) \/([^?]*)\??(\w+)?/.exec(operation) ?? [];
    if (operation.startsWith("DynamoDB")) return this.tableCall(operation);
    if (setting !== undefined) return method === "GET" ? (neverSet[setting] ?? xml(500, "")) : xml(200, "");
    if (method === "HEAD") return xml(this.buckets.has(bucket) ? 200 : 404, "");
    this.buckets.add(bucket);
    return xml(200, "");
  }

  private tableCall(operation: string): AwsResponse {
    const name = operation.replace(/.*\./, "");
    if (name === "CreateTable") this.hasTable = true;
    if (!this.hasTable) return dynamoError("ResourceNotFoundException");
    const Table = { TableStatus: "ACTIVE", DeletionProtectionEnabled: true };
    if (name === "DescribeContinuousBackups")
      return json(200, { ContinuousBackupsDescription: { ContinuousBackupsStatus: "ENABLED" } });
    return json(200, { Table, TableDescription: Table });
  }
}
