import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateTableCommand, DynamoDBClient, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { DynamoSweepStore } from "../../../functions/producer/sweep/dynamo-sweep-store";
import { DynamoTaskRepository } from "../../../functions/shared/aws/dynamodb/dynamo-task-repository";
import { tableSchema } from "../../../functions/shared/aws/dynamodb/table-schema";
import { retentionDays, type Backend } from "../../../functions/shared/testing/backend";
import { noon } from "../../../functions/shared/testing/builders";
import { describeStore } from "../../../functions/shared/testing/contracts/store-contract";
import { freePort } from "../../../packages/aws-stub/src/loopback";
import { localClientConfig } from "../../../packages/local-cloud/src/aws-clients";
import { openLocalCloud, type LocalCloud } from "../../../packages/local-cloud/src/local-cloud";
import { localPaths } from "../../../packages/local-cloud/src/local-paths";
import { StepReporter } from "../../../packages/local-cloud/src/step-reporter";

jest.setTimeout(180_000);
const folder = mkdtempSync(join(tmpdir(), "dynamodb-"));
let cloud: LocalCloud;
let client: DynamoDBClient;
let tables = 0;
let hasConflict = false;

beforeAll(async () => {
  cloud = await openLocalCloud({
    paths: localPaths({ ...process.env, LOCAL_CLOUD_HOME: folder }),
    accountId: "111111111111",
    region: "eu-central-1",
    port: await freePort(),
    steps: new StepReporter(() => undefined),
    prepareState: () => Promise.resolve(true),
  });
  client = new DynamoDBClient(localClientConfig(cloud.target));
  // The emulator processes one transaction at a time, so that none is in progress when another one arrives.
  client.middlewareStack.add((next, context) => (args) => {
    if (!hasConflict || !String(context.commandName).startsWith("TransactWrite")) return next(args);
    throw new TransactionCanceledException({
      ...{ message: "in progress", $metadata: {} },
      CancellationReasons: [{ Code: "TransactionConflict" }],
    });
  });
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, { recursive: true });
});

/** Creates a table as deploy/20_infra/task-table.ts does. */
async function createTable(): Promise<string> {
  const { partitionKey, sortKey, indexes } = tableSchema;
  const keys = new Set([
    partitionKey,
    sortKey,
    ...Object.values(indexes).flatMap((index) => [index.partitionKey, index.sortKey]),
  ]);
  const schemaOf = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: "HASH" as const },
    { AttributeName: range, KeyType: "RANGE" as const },
  ];
  const TableName = `tasks-${(tables += 1)}`;
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: schemaOf(partitionKey, sortKey),
      AttributeDefinitions: Array.from(keys, (AttributeName) => ({
        AttributeName,
        AttributeType: "S" as const,
      })),
      GlobalSecondaryIndexes: Object.values(indexes).map((index) => ({
        IndexName: index.name,
        KeySchema: schemaOf(index.partitionKey, index.sortKey),
        Projection:
          index.projected.length === 0
            ? { ProjectionType: "KEYS_ONLY" }
            : { ProjectionType: "INCLUDE", NonKeyAttributes: [...index.projected] },
      })),
    }),
  );
  return TableName;
}

async function createBackend(): Promise<Backend> {
  const table = await createTable();
  const dynamo = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const clock = { now: noon };
  const now = () => clock.now;
  hasConflict = false;
  return {
    repository: new DynamoTaskRepository(dynamo, table, { now, retentionDays }),
    sweepStore: new DynamoSweepStore(dynamo, table, now),
    clock,
    setInProgress: (isInProgress) => {
      hasConflict = isInProgress;
    },
  };
}

describe("the store of DynamoDB, on the emulator", () => {
  describeStore(createBackend);
});
