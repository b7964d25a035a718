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

/** Creates the table for the locks and digests of Terraform's S3 backend. */
export async function createLockTable(dynamodb: DynamoDBClient, table: string): Promise<void> {
  try {
    await dynamodb.send(
      new CreateTableCommand({
        TableName: table,
        BillingMode: "PAY_PER_REQUEST",
        DeletionProtectionEnabled: true,
        // The key that Terraform requires: https://developer.hashicorp.com/terraform/language/backend/s3
        AttributeDefinitions: [{ AttributeName: "LockID", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "LockID", KeyType: "HASH" }],
      }),
    );
  } catch (error) {
    // Created by a concurrent run of this command.
    if (!(error instanceof ResourceInUseException)) throw error;
  }
}

/** Waits until the table is active: a new table accepts no settings before. */
export async function lockTableActive(dynamodb: DynamoDBClient, table: string): Promise<void> {
  await waitUntilTableExists(
    { client: dynamodb, maxWaitTime: longestWaitSeconds, minDelay: 1 },
    { TableName: table },
  );
}

/** Without the table's digests, Terraform accepts an outdated state. */
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
