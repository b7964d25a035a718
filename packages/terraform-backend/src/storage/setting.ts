import { setTimeout as delay } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { stillBusy } from "../errors";

/** Something of a bucket or table that has to have a value. */
export interface Setting {
  /** For reports: `versioning`, `access log`, … */
  readonly name: string;
  readonly wanted: unknown;
  /** What it is now, in the form of `wanted`; undefined when it was never set. */
  readonly read: () => Promise<unknown>;
  readonly put: () => Promise<unknown>;
}

/** Names of the settings that are not as they should be. */
export async function wrongSettings(settings: readonly Setting[]): Promise<Setting[]> {
  const found = await Promise.all(
    settings.map(async (setting) => ((await isRight(setting)) ? [] : [setting])),
  );
  return found.flat();
}

const isRight = async ({ read, wanted }: Setting) => isDeepStrictEqual(await read(), wanted);

/**
 * Errors of a resource that was created, or given another setting, a moment ago. Point-in-time recovery is refused for
 * one to two minutes after CreateTable: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html
 */
const busyErrors = new Set([
  "ContinuousBackupsUnavailableException",
  "LimitExceededException",
  "NoSuchBucket",
  "OperationAborted",
  "ResourceInUseException",
  "TableNotFoundException",
]);

export interface Patience {
  readonly longestSeconds: number;
  readonly pauseMilliseconds: number;
}
const patience: Patience = { longestSeconds: 180, pauseMilliseconds: 3_000 };

/**
 * Puts settings in their order, which matters: a bucket's policy may forbid what comes after it. Waits for a resource
 * that is still busy.
 * @throws {BackendError} when it stays busy
 */
export async function putSettings(settings: readonly Setting[], wait = patience): Promise<void> {
  for (const setting of settings) await putWhenReady(setting, wait);
}

async function putWhenReady({ name, put }: Setting, { longestSeconds, pauseMilliseconds }: Patience) {
  const deadline = performance.now() + longestSeconds * 1000;
  for (;;) {
    try {
      await put();
      return;
    } catch (error) {
      if (!(error instanceof Error) || !busyErrors.has(error.name)) throw error;
      if (performance.now() + pauseMilliseconds > deadline) throw stillBusy(name, longestSeconds, error);
      await delay(pauseMilliseconds);
    }
  }
}
