import { DeleteItemCommand, DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, NoSuchKey, S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { exampleEnvironment } from "../../deploy/testing/environments";
import { awsAccount } from "../testing/test-account";
import { printLocks, releaseLockById } from "./locks";

const info = JSON.stringify({
  ID: "a-lock",
  Operation: "OperationTypeApply",
  Who: "runner@build-7",
  Created: "2026-01-01T00:00:00Z",
});
const lockId = "example-dev-tfstate-111111111111-eu-west-1/infra/terraform.tfstate";

test("a lock of a state in the second region is listed, and released there", async () => {
  const { core, ...others } = await exampleEnvironment("dev");
  const config = { ...others, core: { ...core, recovery: { region: "eu-west-1" } } };
  const account = awsAccount(config);
  const dynamodb = mockClient(DynamoDBClient);
  dynamodb
    .on(GetItemCommand)
    .callsFake(({ Key }: { Key: { LockID: { S: string } } }) =>
      Key.LockID.S === lockId ? { Item: { Info: { S: info } } } : {},
    );
  dynamodb.on(DeleteItemCommand).resolves({});
  const s3 = mockClient(S3Client);
  s3.on(GetObjectCommand).rejects(new NoSuchKey({ message: "none", $metadata: {} }));
  const printed = jest.spyOn(console, "log").mockImplementation();

  const locks = await printLocks(account);
  expect(locks).toEqual([
    expect.objectContaining({ layer: "infra", standbyRegion: "eu-west-1", ID: "a-lock" }),
  ]);
  expect(printed.mock.calls.flat().join("\n")).toContain("infra (eu-west-1) runner@build-7");

  await releaseLockById({ account, yes: true, confirm: () => Promise.resolve() }, locks, "a-lock");
  const deleted = dynamodb.commandCalls(DeleteItemCommand);
  expect(deleted.map(({ args: [{ input }] }) => input.Key)).toEqual([{ LockID: { S: lockId } }]);
  printed.mockRestore();
});
