import { asError } from "../../shared/runtime/as-error";
import type { Log } from "../../shared/runtime/logger";
import type { SweepStore } from "../../shared/tasks/sweep-store";

/** Deletes expired tasks of a store that does not do that itself. @returns how many; undefined without such a store */
export async function deleteExpired({
  sweepStore,
  log,
}: {
  readonly sweepStore: SweepStore;
  readonly log: Log;
}): Promise<number | undefined> {
  try {
    return await sweepStore.deleteExpired?.();
  } catch (error) {
    log.warn("could not delete expired tasks, left to the next sweep", { error: asError(error) });
    return undefined;
  }
}
