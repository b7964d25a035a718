import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { Layer } from "../../deploy/shared/layers";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import type { StateClients } from "../../packages/local-cloud/src/aws-clients";
import { noSuchVersion } from "./errors";
import { lockId } from "./lock-store";
import { writeDigest } from "./state-digest";
import { withSerial, type StateFile } from "./state-file";
import { readVersion } from "./state-versions";
import { withLock } from "./with-lock";

export interface Restoration {
  readonly config: EnvironmentConfig;
  readonly clients: StateClients;
  readonly layer: Layer;
  readonly version: string;
}

/**
 * Makes an earlier version of a layer's state the current one, while nobody else can change it.
 * @returns the state as it is then
 * @throws {CommandError} when the state is locked, or the version is no state
 */
export async function restoreState({ config, clients, layer, version }: Restoration): Promise<StateFile> {
  const { s3 } = clients;
  const backend = config.backends[layer];
  return withLock({ config, clients, layer, operation: "restore" }, async (who) => {
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
    await writeDigest(backend, clients, text);
    return { ...earlier.state, serial };
  });
}
