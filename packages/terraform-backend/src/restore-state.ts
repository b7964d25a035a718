import { PutObjectCommand } from "@aws-sdk/client-s3";
import { lockId, type Backend, type BackendClients } from "./backend";
import { noSuchVersion } from "./errors";
import { writeDigest } from "./state-digest";
import { withSerial, type StateFile } from "./state-file";
import { readVersion } from "./state-versions";
import { withLock } from "./with-lock";

/**
 * Restores an earlier version of a state, under the state's lock.
 * @returns the new current state
 * @throws {BackendError} when the state is locked, or the version is not a state
 */
export async function restoreState(
  backend: Backend,
  clients: BackendClients,
  version: string,
): Promise<StateFile> {
  const { s3 } = clients;
  return withLock(backend, clients, "restore", async (who) => {
    const [earlier, current] = await Promise.all([
      readVersion(s3, backend, version),
      readVersion(s3, backend),
    ]);
    if (earlier === undefined) throw noSuchVersion(version, lockId(backend));
    // Terraform refuses a state with a lower serial than it has seen.
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
    await writeDigest(backend, clients, text);
    return { ...earlier.state, serial };
  });
}
