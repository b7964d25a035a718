import { createHash, randomUUID } from "node:crypto";
import { hostname, userInfo } from "node:os";
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { Layer } from "../../deploy/shared/environments";
import type { EnvironmentConfig } from "../../deploy/shared/load-config";
import { stackId } from "../../deploy/shared/naming";
import type { StateClients } from "../local/aws-clients";
import { noSuchVersion, stateLocked } from "./errors";
import { lockId, readLocks, releaseLock, takeLock } from "./lock-store";
import { releaseCommand } from "./release-command";
import { withSerial, type StateFile } from "./state-file";
import { readVersion } from "./state-versions";

export interface Restoration {
  readonly config: EnvironmentConfig;
  readonly clients: StateClients;
  readonly layer: Layer;
  readonly version: string;
}

/**
 * Makes an earlier version of a layer's state the current one, while nobody else can change it.
 * @returns the state as it is then
 * @throws {LocalCloudError} when the state is locked, or the version is no state
 */
export async function restoreState({ config, clients, layer, version }: Restoration): Promise<StateFile> {
  const { s3, dynamodb } = clients;
  const backend = config.backends[layer];
  const who = `${userInfo().username}@${hostname()}`;
  const ID = randomUUID();
  const info = { ID, Who: who, Operation: "restore", Created: new Date().toISOString() };
  if (!(await takeLock(backend, clients, info))) throw await locked(config, clients, layer);
  try {
    const [earlier, current] = await Promise.all([
      readVersion(s3, backend, version),
      readVersion(s3, backend),
    ]);
    if (earlier === undefined) throw noSuchVersion(version, lockId(backend));
    // Terraform refuses a state that is older than one it has seen.
    const serial = Math.max(earlier.state.serial, current?.state.serial ?? 0) + 1;
    const text = withSerial(earlier.text, serial);
    await s3.send(
      new PutObjectCommand({
        Bucket: backend.bucket,
        Key: backend.key,
        Body: text,
        ContentType: "application/json",
        Metadata: { "restored-from": version, "restored-by": who },
      }),
    );
    // Terraform takes no state but the one that the table has the hash of.
    await dynamodb.send(
      new PutItemCommand({
        TableName: backend.dynamodb_table,
        Item: {
          LockID: { S: `${lockId(backend)}-md5` },
          Digest: { S: createHash("md5").update(text).digest("hex") },
        },
      }),
    );
    return { ...earlier.state, serial };
  } finally {
    const mine = (await readLocks(config, clients)).filter((lock) => lock.ID === ID);
    for (const lock of mine) await releaseLock(config, clients, lock);
  }
}

async function locked(config: EnvironmentConfig, clients: StateClients, layer: Layer) {
  const holder = (await readLocks(config, clients)).find((lock) => lock.layer === layer);
  const stack = stackId(layer, config.name);
  // Whoever had it a moment ago may have ended by now.
  const info = holder ?? { ID: "unknown", Who: "somebody", Operation: "unknown", Created: "unknown" };
  return stateLocked(stack, info, releaseCommand(config.name, info.ID, process.env));
}
