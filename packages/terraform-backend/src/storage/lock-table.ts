import {
  CreateTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  waitUntilTableExists,
  type DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import type { Setting } from "./setting";

const longestWaitSeconds = 120;

export async function tableExists(dynamodb: DynamoDBClient, table: string): Promise<boolean> {
  try {
    await dynamodb.send(new DescribeTableCommand({ TableName: table }));
    return true;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
}

/** Creates the table in which Terraform's S3 backend keeps its locks and the hashes of its states. */
export async function createLockTable(dynamodb: DynamoDBClient, table: string): Promise<void> {
  try {
    await dynamodb.send(
      new CreateTableCommand({
        TableName: table,
        BillingMode: "PAY_PER_REQUEST",
        DeletionProtectionEnabled: true,
        // The name that Terraform asks for: https://developer.hashicorp.com/terraform/language/backend/s3
        AttributeDefinitions: [{ AttributeName: "LockID", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "LockID", KeyType: "HASH" }],
      }),
    );
  } catch (error) {
    // Created by another run of this command a moment ago.
    if (!(error instanceof ResourceInUseException)) throw error;
  }
}

/** A table that was created a moment ago, by this run or an interrupted one, accepts settings once it is active. */
export async function lockTableActive(dynamodb: DynamoDBClient, table: string): Promise<void> {
  await waitUntilTableExists(
    { client: dynamodb, maxWaitTime: longestWaitSeconds, minDelay: 1 },
    { TableName: table },
  );
}

/** Without the table's hashes Terraform takes any state for the newest. */
export const lockTableSettings = (dynamodb: DynamoDBClient, TableName: string): Setting[] => [
  {
    name: "deletion protection",
    wanted: true,
    read: async () =>
      (await dynamodb.send(new DescribeTableCommand({ TableName }))).Table?.DeletionProtectionEnabled,
    put: () => dynamodb.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: true })),
  },
  {
    name: "point-in-time recovery",
    wanted: "ENABLED",
    read: async () =>
      (await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }))).ContinuousBackupsDescription
        ?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus,
    put: () =>
      dynamodb.send(
        new UpdateContinuousBackupsCommand({
          TableName,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        }),
      ),
  },
];
