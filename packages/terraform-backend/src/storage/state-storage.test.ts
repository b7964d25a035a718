import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { startAwsStub, type AwsResponse, type AwsStub } from "../../../aws-stub/src/aws-stub";
import { dynamoError, s3Error, StateStorageStub } from "../testing/state-storage-stub";
import { ensureStateStorage } from "./state-storage";

const bucket = "tasks-dev-tfstate-111111111111";
const createState = `PUT /${bucket}`;
const headState = `HEAD /${bucket}`;
const createTable = "DynamoDB_20120810.CreateTable";
const describeTable = "DynamoDB_20120810.DescribeTable";
const enableRecovery = "DynamoDB_20120810.UpdateContinuousBackups";
const times = (count: number, response: AwsResponse) => Array.from({ length: count }, () => response);

jest.setTimeout(30_000);
let stub: AwsStub | undefined;
afterEach(() => stub?.stop());

/** Creates the storage for the states of three layers in one bucket. */
async function bootstrap(
  account: StateStorageStub,
  region = "eu-central-1",
  waitLimits = { longestSeconds: 5, pauseMilliseconds: 1 },
) {
  const backends = ["core", "infra", "app"].map((key) => ({
    bucket,
    key: `${key}.tfstate`,
    region,
    dynamodb_table: "locks",
  }));
  stub = await startAwsStub(account.respond);
  const credentials = { accessKeyId: "a", secretAccessKey: "b" };
  const client = { region, endpoint: stub.endpoint, credentials, forcePathStyle: true };
  const clients = { s3: new S3Client(client), dynamodb: new DynamoDBClient(client) };
  const lines: string[] = [];
  await ensureStateStorage({
    backends,
    clients,
    account: "111111111111",
    partition: "aws",
    pipelines: ["arn:aws:iam::111111111111:role/tasks-dev-deploy"],
    demandTls: true,
    configuredIn: "backend.tfvars",
    report: (line) => lines.push(line),
    waitLimits,
  });
  return lines;
}

test.each(["eu-central-1", "us-west-2", "cn-north-1", "us-gov-west-1", "eu-west-1"])(
  "a bucket in %s is created with its region as location constraint",
  async (region) => {
    const account = new StateStorageStub();
    const lines = await bootstrap(account, region);
    expect(lines.map((line) => line.replace(/^.*: /, ""))).toEqual(["created", "created", "created"]);
    for (const name of [bucket, `${bucket}-logs`]) {
      const [body] = account.bodiesOf(`PUT /${name}`);
      expect(body).toContain(`<LocationConstraint>${region}</LocationConstraint>`);
    }
  },
);

test("a bucket in us-east-1 is created without a body: S3 refuses an empty configuration", async () => {
  const account = new StateStorageStub();
  await bootstrap(account, "us-east-1");
  expect(account.bodiesOf(createState)).toEqual([""]);
  expect(account.bodiesOf(`PUT /${bucket}-logs`)).toEqual([""]);
});

test.each([
  ["of another account (PUT)", { [createState]: [s3Error(409, "BucketAlreadyExists")] }, "no access to it"],
  ["of another account (HEAD)", { [headState]: [s3Error(403, "")] }, "no access to it"],
  [
    "in another region",
    { [headState]: times(2, s3Error(301, "", { "x-amz-bucket-region": "eu-west-3" })) },
    "exists in the region eu-west-3",
  ],
  [
    "in another region, with a wrong signature",
    { [headState]: times(2, s3Error(400, "", { "x-amz-bucket-region": "us-east-1" })) },
    "exists in the region us-east-1",
  ],
])("a bucket %s is an error with instructions", async (_whose, scripted, message) => {
  const account = new StateStorageStub(scripted);
  await expect(bootstrap(account)).rejects.toMatchObject({
    name: "BackendError",
    message: expect.stringMatching(
      new RegExp(`^The bucket ${bucket} .*${message}[^]*backend\\.tfvars`),
    ) as unknown,
  });
  expect(account.bodiesOf(createTable)).toEqual([]);
});

test("storage that a concurrent run creates is adopted", async () => {
  const account = new StateStorageStub({
    [createState]: [s3Error(409, "BucketAlreadyOwnedByYou")],
    [createTable]: [dynamoError("ResourceInUseException")],
  });
  expect(await bootstrap(account)).toContain(`state bucket ${bucket}: created`);
  expect(account.bodiesOf(`PUT /${bucket}?versioning`)).toHaveLength(1);
  expect(account.bodiesOf(enableRecovery)).toHaveLength(1);
});

test("a table that is being created, and settings that are not available yet, are retried", async () => {
  const creating = { status: 200, body: JSON.stringify({ Table: { TableStatus: "CREATING" } }) };
  const scripted = {
    [describeTable]: [creating, creating],
    [enableRecovery]: times(3, dynamoError("ContinuousBackupsUnavailableException")),
    [`PUT /${bucket}?versioning`]: [s3Error(409, "OperationAborted")],
  };
  // Created by an interrupted run.
  const account = new StateStorageStub(scripted, true);
  await bootstrap(account);
  expect(account.bodiesOf(createTable)).toEqual([]);
  expect(account.bodiesOf(enableRecovery)).toHaveLength(4);
  expect(account.bodiesOf(`PUT /${bucket}?versioning`)).toHaveLength(2);
  const names = account.calls.map(({ operation }) => operation);
  expect(names.lastIndexOf(describeTable)).toBeLessThan(names.indexOf(enableRecovery));
});

test("a table that stays busy is an error; other errors are not retried", async () => {
  const busy = { [enableRecovery]: times(20, dynamoError("ContinuousBackupsUnavailableException")) };
  await expect(
    bootstrap(new StateStorageStub(busy), "eu-central-1", { longestSeconds: 1, pauseMilliseconds: 600 }),
  ).rejects.toThrow(/point-in-time recovery within 1 s[^]*run it again/);
  stub?.stop();
  const denied = new StateStorageStub({ [enableRecovery]: times(9, dynamoError("AccessDeniedException")) });
  await expect(bootstrap(denied)).rejects.toMatchObject({ name: "AccessDeniedException" });
  expect(denied.bodiesOf(enableRecovery)).toHaveLength(1);
});
