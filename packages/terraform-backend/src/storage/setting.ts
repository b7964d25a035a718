import { setTimeout as delay } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { stillBusy } from "../errors";

/** A required setting of a bucket or table. */
export interface Setting {
  /** For reports: `versioning`, `access log`, … */
  readonly name: string;
  readonly wanted: unknown;
  /** Reads the current value, in the format of `wanted`; undefined when it was never set. */
  readonly read: () => Promise<unknown>;
  readonly put: () => Promise<unknown>;
}

/** The settings whose value is not the required one. */
export async function wrongSettings(settings: readonly Setting[]): Promise<Setting[]> {
  const found = await Promise.all(
    settings.map(async (setting) => ((await isRight(setting)) ? [] : [setting])),
  );
  return found.flat();
}

const isRight = async ({ read, wanted }: Setting) => isDeepStrictEqual(await read(), wanted);

/**
 * Errors of a resource that was just created or changed. Point-in-time recovery is refused for one to two minutes after
 * CreateTable: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html
 */
const busyErrors = new Set([
  "ContinuousBackupsUnavailableException",
  "LimitExceededException",
  "NoSuchBucket",
  "OperationAborted",
  "ResourceInUseException",
  "TableNotFoundException",
]);

export interface WaitLimits {
  readonly longestSeconds: number;
  readonly pauseMilliseconds: number;
}
const waitLimits: WaitLimits = { longestSeconds: 180, pauseMilliseconds: 3_000 };

/**
 * Writes settings in the given order: a bucket policy may deny later ones. Retries while the resource is busy.
 * @throws {BackendError} when it stays busy
 */
export async function putSettings(settings: readonly Setting[], wait = waitLimits): Promise<void> {
  for (const setting of settings) await putWhenReady(setting, wait);
}

async function putWhenReady({ name, put }: Setting, { longestSeconds, pauseMilliseconds }: WaitLimits) {
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
