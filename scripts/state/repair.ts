import { layers, type Layer } from "../../deploy/shared/layers";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { stackId } from "../../deploy/shared/naming";
import type { StateClients } from "../../packages/local-cloud/src/aws-clients";
import { mayBeAlive, runningTerraforms } from "./lock-holder";
import { readLocks, releaseLock } from "./lock-store";
import { findDigestProblem, writeDigest, type DigestProblem } from "./state-digest";
import type { StateLock } from "./state-lock";
import { readVersion } from "./state-versions";
import { withLock } from "./with-lock";

export interface StateSite {
  readonly config: EnvironmentConfig;
  readonly clients: StateClients;
  /** The emulator's address; undefined for AWS itself. */
  readonly address: string | undefined;
}

/** What interrupted runs have left of a layer's state. */
export interface Leftover {
  readonly layer: Layer;
  readonly stack: string;
  readonly locks: readonly StateLock[];
  /** Why what holds a lock may be alive; undefined when it is dead. */
  readonly alive: string | undefined;
  readonly digest: DigestProblem | undefined;
}

/** Looks at the locks and digests of all layers, and changes nothing. */
export async function findLeftovers({ config, clients, address: endpoint }: StateSite): Promise<Leftover[]> {
  const [locks, running] = await Promise.all([readLocks(config, clients), runningTerraforms()]);
  const found = layers.map(async (layer): Promise<Leftover> => {
    const stack = stackId(layer, config.name);
    const held = locks.filter((lock) => lock.layer === layer);
    const reasons = held.map((lock) => mayBeAlive(lock, { stack, endpoint }, running));
    return {
      layer,
      stack,
      locks: held,
      alive: reasons.find((reason) => reason !== undefined),
      digest: await findDigestProblem(config.backends[layer], clients),
    };
  });
  return (await Promise.all(found)).filter(
    ({ locks: held, digest }) => held.length > 0 || digest !== undefined,
  );
}

/**
 * Releases a layer's locks, each only if it is still the one that was found, and writes the digest of its state anew.
 * @throws {CommandError} when somebody else has taken the state meanwhile
 */
export async function repairLeftover({ config, clients }: StateSite, leftover: Leftover): Promise<void> {
  const { layer, locks, digest } = leftover;
  for (const lock of locks) await releaseLock(config, clients, lock);
  if (digest?.kind !== "outdated") return;
  await withLock({ config, clients, layer, operation: "repair" }, async () => {
    const backend = config.backends[layer];
    const current = await readVersion(clients.s3, backend);
    const stillOutdated = (await findDigestProblem(backend, clients))?.kind === "outdated";
    if (current !== undefined && stillOutdated) await writeDigest(backend, clients, current.text);
  });
}
