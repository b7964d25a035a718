import { createHash } from "node:crypto";
import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { BackendConfig } from "../../deploy/config/schemas/backend";
import type { StateClients } from "../../packages/local-cloud/src/aws-clients";
import { lockId } from "./lock-store";
import { listVersions, readVersion, type StateText } from "./state-versions";

/** Terraform compares the state with the MD5 that it keeps in the lock table; a killed write leaves the old one there. */
const digestKey = (backend: BackendConfig) => ({ LockID: { S: `${lockId(backend)}-md5` } });

export const digestOf = (text: string) => createHash("md5").update(text).digest("hex");

async function readDigest(backend: BackendConfig, { dynamodb }: StateClients): Promise<string | undefined> {
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName: backend.dynamodb_table, Key: digestKey(backend), ConsistentRead: true }),
  );
  return Item?.Digest?.S;
}

/** Makes a text the state that Terraform expects. */
export async function writeDigest(
  backend: BackendConfig,
  { dynamodb }: StateClients,
  text: string,
): Promise<void> {
  const Item = { ...digestKey(backend), Digest: { S: digestOf(text) } };
  await dynamodb.send(new PutItemCommand({ TableName: backend.dynamodb_table, Item }));
}

/** What is wrong with a state's digest. */
export type DigestProblem =
  /** The state was written, and its digest was not: Terraform was killed in between. */
  | { readonly kind: "outdated"; readonly current: StateText }
  /** The digest is of a version with a higher serial, or the state is unreadable or gone. */
  | { readonly kind: "state lost"; readonly version?: string };

/** @returns undefined when Terraform would accept the state */
export async function findDigestProblem(
  backend: BackendConfig,
  clients: StateClients,
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

/** Each is read whole; the one that Terraform last knew of is among the newest. */
const mostRead = 10;

async function versionWith(digest: string, backend: BackendConfig, { s3 }: StateClients) {
  const versions = await listVersions(s3, backend);
  for (const { id, deleted } of versions.slice(0, mostRead)) {
    const found = deleted ? undefined : await readVersion(s3, backend, id);
    if (found !== undefined && digestOf(found.text) === digest) return { id, serial: found.state.serial };
  }
  return undefined;
}
