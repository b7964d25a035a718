import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { S3Client } from "@aws-sdk/client-s3";

/** The location of a state, with the arguments of Terraform's backend `s3`. */
export interface Backend {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
  readonly dynamodb_table: string;
}

export interface BackendClients {
  readonly s3: S3Client;
  readonly dynamodb: DynamoDBClient;
}

/** The id of a state's row in the lock table. */
export const lockId = ({ bucket, key }: Pick<Backend, "bucket" | "key">) => `${bucket}/${key}`;
