import type { Backend, BackendClients } from "./backend";
import { mayBeAlive, type LockSite, type RunningTerraform } from "./lock-holder";
import { readLocks, releaseLock } from "./lock-store";
import { findDigestProblem, writeDigest, type DigestProblem } from "./state-digest";
import type { StateLock } from "./state-lock";
import { readVersion } from "./state-versions";
import { withLock } from "./with-lock";

/** What an interrupted run has left of a state. */
export interface Leftover {
  readonly locks: readonly StateLock[];
  /** Why what holds a lock may be alive; undefined when it is dead. */
  readonly alive: string | undefined;
  readonly digest: DigestProblem | undefined;
}

/**
 * Looks at the locks and the digest of a state, and changes nothing.
 * @param site what the Terraform would be that holds the lock
 * @param running the Terraforms of this machine
 * @returns undefined when nothing is left
 */
export async function findLeftover(
  backend: Backend,
  clients: BackendClients,
  site: LockSite,
  running: readonly RunningTerraform[],
): Promise<Leftover | undefined> {
  const [locks, digest] = await Promise.all([
    readLocks(backend, clients),
    findDigestProblem(backend, clients),
  ]);
  if (locks.length === 0 && digest === undefined) return undefined;
  const reasons = locks.map((lock) => mayBeAlive(lock, site, running));
  return { locks, alive: reasons.find((reason) => reason !== undefined), digest };
}

/**
 * Releases a state's locks, each only if it is still the one that was found, and writes the digest of the state again.
 * @throws {BackendError} when another run has locked the state since
 */
export async function repairLeftover(
  backend: Backend,
  clients: BackendClients,
  { locks, digest }: Leftover,
): Promise<void> {
  for (const lock of locks) await releaseLock(backend, clients, lock);
  if (digest?.kind !== "outdated") return;
  await withLock(backend, clients, "repair", async () => {
    const current = await readVersion(clients.s3, backend);
    const stillOutdated = (await findDigestProblem(backend, clients))?.kind === "outdated";
    if (current !== undefined && stillOutdated) await writeDigest(backend, clients, current.text);
  });
}
