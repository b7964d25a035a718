import { createHash } from "node:crypto";
import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, NoSuchKey } from "@aws-sdk/client-s3";
import { lockId, type Backend, type BackendClients } from "./backend";
import { listVersions, readVersion, type StateText } from "./state-versions";

/** Terraform compares the state with its MD5 in the lock table; a killed run may leave the old one there. */
const digestKey = (backend: Backend) => ({ LockID: { S: `${lockId(backend)}-md5` } });

export const digestOf = (text: string) => createHash("md5").update(text).digest("hex");

/** The state file in S3, whatever it contains; undefined if there is none. */
export async function stateText(
  { bucket, key }: Backend,
  { s3 }: Pick<BackendClients, "s3">,
): Promise<string | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return await Body?.transformToString();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

export async function readDigest(
  backend: Backend,
  { dynamodb }: BackendClients,
): Promise<string | undefined> {
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName: backend.dynamodb_table, Key: digestKey(backend), ConsistentRead: true }),
  );
  return Item?.Digest?.S;
}

/** Writes the digest of a state. */
export async function writeDigest(
  backend: Backend,
  { dynamodb }: BackendClients,
  text: string,
): Promise<void> {
  const Item = { ...digestKey(backend), Digest: { S: digestOf(text) } };
  await dynamodb.send(new PutItemCommand({ TableName: backend.dynamodb_table, Item }));
}

/** Why Terraform refuses a state. */
export type DigestProblem =
  /** The state was written, and its digest was not: Terraform was killed in between. */
  | { readonly kind: "outdated"; readonly current: StateText }
  /** The digest is of a version with a higher serial, or the state is unreadable or gone. */
  | { readonly kind: "state lost"; readonly version?: string };

/** @returns undefined when Terraform would accept the state */
export async function findDigestProblem(
  backend: Backend,
  clients: BackendClients,
): Promise<DigestProblem | undefined> {
  const [digest, current] = await Promise.all([
    readDigest(backend, clients),
    readVersion(clients.s3, backend),
  ]);
  if (digest === undefined || (current !== undefined && digestOf(current.text) === digest)) return undefined;
  const expected = await versionWith(digest, backend, clients);
  if (current !== undefined && (expected === undefined || expected.serial < current.state.serial))
    return { kind: "outdated", current };
  return { kind: "state lost", ...(expected && { version: expected.id }) };
}

/** Each version is downloaded; the expected one is among the newest. */
const mostRead = 10;

async function versionWith(digest: string, backend: Backend, { s3 }: BackendClients) {
  const versions = await listVersions(s3, backend);
  for (const { id, deleted } of versions.slice(0, mostRead)) {
    const found = deleted ? undefined : await readVersion(s3, backend, id);
    if (found !== undefined && digestOf(found.text) === digest) return { id, serial: found.state.serial };
  }
  return undefined;
}
