import type { Backend, BackendClients } from "./backend";
import { mayBeAlive, type LockSite, type RunningTerraform } from "./lock-holder";
import { readLocks, releaseLock } from "./lock-store";
import { findDigestProblem, writeDigest, type DigestProblem } from "./state-digest";
import type { StateLock } from "./state-lock";
import { readVersion } from "./state-versions";
import { withLock } from "./with-lock";

/** Locks and digest that an interrupted run has left. */
export interface Leftover {
  readonly locks: readonly StateLock[];
  /** Why a lock's holder may be alive; undefined when all have ended. */
  readonly alive: string | undefined;
  readonly digest: DigestProblem | undefined;
}

/**
 * Reads the locks and the digest of a state.
 * @param site identifies the Terraform that would hold the lock
 * @param running the Terraform processes on this machine
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
 * Releases a state's locks, each only if it is still the one that was found, and corrects the digest.
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
