import type { AwsResponse, AwsCall } from "../../../aws-stub/src/aws-stub";

const xml = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): AwsResponse => ({
  status,
  headers: { "content-type": "application/xml", ...headers },
  body,
});

/** An error response of S3; HEAD has no body. */
export const s3Error = (
  status: number,
  code: string,
  headers?: Readonly<Record<string, string>>,
): AwsResponse => xml(status, `<Error><Code>${code}</Code><Message>${code}!</Message></Error>`, headers);

/** Responses of S3 for settings that were never set. */
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

/** S3 and DynamoDB of an empty account, with the operations that `ensureStateStorage` calls. */
export class StateStorageStub {
  readonly calls: AwsCall[] = [];
  private readonly buckets = new Set<string>();

  /** @param scripted responses to the first calls of an operation; later calls get regular responses */
  constructor(
    private readonly scripted: Readonly<Record<string, readonly AwsResponse[]>> = {},
    private hasTable = false,
  ) {}

  readonly respond = (call: AwsCall): AwsResponse => {
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
