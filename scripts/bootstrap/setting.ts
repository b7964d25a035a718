import { isDeepStrictEqual } from "node:util";

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

/** Puts settings in their order, which matters: a bucket's policy may forbid what comes after it. */
export async function putSettings(settings: readonly Setting[]): Promise<void> {
  for (const { put } of settings) await put();
}
