import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import type { BackendConfig } from "../../deploy/config/schemas/backend";
import { layers } from "../../deploy/shared/layers";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import type { StateClients } from "../../packages/local-cloud/src/aws-clients";
import { lockChangedHands } from "./errors";
import { parseLockInfo, type LockInfo, type StateLock } from "./state-lock";

export const lockId = ({ bucket, key }: BackendConfig) => `${bucket}/${key}`;
const lockFile = ({ bucket, key }: BackendConfig) => ({ Bucket: bucket, Key: `${key}.tflock` });

/** The locks that are held on an environment's states: one for each layer at most, unless their halves disagree. */
export async function readLocks(
  { backends }: EnvironmentConfig,
  clients: StateClients,
): Promise<StateLock[]> {
  const found = await Promise.all(
    layers.map(async (layer): Promise<StateLock[]> => {
      const [row, file] = await Promise.all([
        readRow(backends[layer], clients),
        readFile(backends[layer], clients),
      ]);
      const inTable = row === undefined ? undefined : { ...parseLockInfo(row), layer, row };
      const inFile = file === undefined ? undefined : { ...parseLockInfo(file.text), layer, file: file.etag };
      if (inTable?.ID === inFile?.ID && inTable && inFile) return [{ ...inFile, ...inTable }];
      return [inTable, inFile].filter((lock) => lock !== undefined);
    }),
  );
  return found.flat();
}

/** The table's half of a lock, word for word. */
export async function readRow(
  backend: BackendConfig,
  { dynamodb }: Pick<StateClients, "dynamodb">,
): Promise<string | undefined> {
  const { Item } = await dynamodb.send(
    new GetItemCommand({
      TableName: backend.dynamodb_table,
      // The row `<bucket>/<key>-md5` beside it is the state's hash, not a lock.
      Key: { LockID: { S: lockId(backend) } },
      ConsistentRead: true,
    }),
  );
  return Item === undefined ? undefined : (Item.Info?.S ?? "");
}

async function readFile(backend: BackendConfig, { s3 }: StateClients) {
  try {
    const { Body, ETag: etag } = await s3.send(new GetObjectCommand(lockFile(backend)));
    return { text: (await Body?.transformToString()) ?? "", etag };
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

/**
 * Ends a lock, both halves, if it is still the one that was read.
 * @throws {CommandError} when somebody else holds it by now
 */
export async function releaseLock(
  { backends }: EnvironmentConfig,
  { dynamodb, s3 }: StateClients,
  { layer, row, file, ID }: StateLock,
): Promise<void> {
  const backend = backends[layer];
  try {
    // The reverse of the order in which Terraform takes them.
    if (row !== undefined)
      await dynamodb.send(
        new DeleteItemCommand({
          TableName: backend.dynamodb_table,
          Key: { LockID: { S: lockId(backend) } },
          ConditionExpression: "attribute_not_exists(Info) OR Info = :row",
          ExpressionAttributeValues: { ":row": { S: row } },
        }),
      );
    if (file !== undefined) await s3.send(new DeleteObjectCommand({ ...lockFile(backend), IfMatch: file }));
  } catch (error) {
    if (isTaken(error)) throw lockChangedHands(ID, error);
    throw error;
  }
}

/**
 * Takes both halves of a lock, in Terraform's form and order.
 * @returns false when somebody has it
 */
export async function takeLock(
  backend: BackendConfig,
  { dynamodb, s3 }: StateClients,
  info: LockInfo,
): Promise<boolean> {
  const text = JSON.stringify({ ...info, Info: "", Version: "", Path: lockId(backend) });
  try {
    await s3.send(new PutObjectCommand({ ...lockFile(backend), Body: text, IfNoneMatch: "*" }));
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
  try {
    await dynamodb.send(
      new PutItemCommand({
        TableName: backend.dynamodb_table,
        Item: { LockID: { S: lockId(backend) }, Info: { S: text } },
        ConditionExpression: "attribute_not_exists(LockID)",
      }),
    );
    return true;
  } catch (error) {
    await s3.send(new DeleteObjectCommand(lockFile(backend)));
    if (isTaken(error)) return false;
    throw error;
  }
}

/** 409 is what S3 says when two conditional writes meet. */
const isTaken = (error: unknown) =>
  error instanceof ConditionalCheckFailedException ||
  (error instanceof S3ServiceException && [409, 412].includes(error.$metadata.httpStatusCode ?? 0));
