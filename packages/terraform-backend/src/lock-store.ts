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
import { lockId, type Backend, type BackendClients } from "./backend";
import { lockTakenOver } from "./errors";
import { parseLockInfo, type LockInfo, type StateLock } from "./state-lock";

const lockFile = ({ bucket, key }: Backend) => ({ Bucket: bucket, Key: `${key}.tflock` });

/** The locks that are held on a state: at most one, unless their halves disagree. */
export async function readLocks(backend: Backend, clients: BackendClients): Promise<StateLock[]> {
  const [row, file] = await Promise.all([readRow(backend, clients), readFile(backend, clients)]);
  const inTable = row === undefined ? undefined : { ...parseLockInfo(row), row };
  const inFile = file === undefined ? undefined : { ...parseLockInfo(file.text), file: file.etag };
  if (inTable?.ID === inFile?.ID && inTable && inFile) return [{ ...inFile, ...inTable }];
  return [inTable, inFile].filter((lock) => lock !== undefined);
}

/** The table's half of a lock, unparsed. */
export async function readRow(
  backend: Backend,
  { dynamodb }: Pick<BackendClients, "dynamodb">,
): Promise<string | undefined> {
  const { Item } = await dynamodb.send(
    new GetItemCommand({
      TableName: backend.dynamodb_table,
      // The row `<bucket>/<key>-md5` is the state's hash, not a lock.
      Key: { LockID: { S: lockId(backend) } },
      ConsistentRead: true,
    }),
  );
  return Item === undefined ? undefined : (Item.Info?.S ?? "");
}

async function readFile(backend: Backend, { s3 }: BackendClients) {
  try {
    const { Body, ETag: etag } = await s3.send(new GetObjectCommand(lockFile(backend)));
    return { text: (await Body?.transformToString()) ?? "", etag };
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

/**
 * Releases both halves of a lock, if it is still the one that was read.
 * @throws {BackendError} when another run has taken the lock since
 */
export async function releaseLock(
  backend: Backend,
  { dynamodb, s3 }: BackendClients,
  { row, file, ID }: StateLock,
): Promise<void> {
  try {
    // In the reverse order of Terraform's acquisition.
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
    if (isTaken(error)) throw lockTakenOver(ID, error);
    throw error;
  }
}

/**
 * Acquires both halves of a lock, in Terraform's format and order.
 * @returns false when another run holds it
 */
export async function takeLock(
  backend: Backend,
  { dynamodb, s3 }: BackendClients,
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

/** S3 returns 409 for concurrent conditional writes. */
const isTaken = (error: unknown) =>
  error instanceof ConditionalCheckFailedException ||
  (error instanceof S3ServiceException && [409, 412].includes(error.$metadata.httpStatusCode ?? 0));
