import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { replaceFile } from "../../lambda-layer/src/write-files";
import { alreadyRunning } from "./errors";
import type { LocalPaths } from "./local-paths";
import { lockRecord, type LockRecord } from "./lock-record";
import { identityOf, isRunning } from "./process-identity";

/**
 * A lock that lets one process at a time use a state folder.
 *
 * The file with the highest number in the lock folder has the holder, or is empty when the lock is free. A process acquires
 * the lock by creating the file with the next number, which only one process can. Numbers never decrease, so a process
 * with an outdated listing of the folder cannot take a lock that another one has acquired since.
 */
export class LocalCloudLock {
  private constructor(
    private readonly path: string,
    private record: LockRecord,
    /** The record of a holder that ended without releasing the lock. */
    readonly abandoned: LockRecord | undefined,
  ) {}

  /** @throws {LocalCloudError} naming the holder */
  static acquire(paths: LocalPaths, endpoint: string): LocalCloudLock {
    mkdirSync(paths.lock, { recursive: true });
    const holder = identityOf(process.pid);
    if (holder === undefined) throw new Error("This process has no identity");
    const since = new Date().toISOString();
    for (;;) {
      const newest = newestIn(paths.lock);
      if (newest.record !== undefined && isRunning(newest.record.holder)) throw alreadyRunning(newest.record);
      // Keeps what the abandoned record names, until this holder or a later one has cleaned it up.
      const record: LockRecord = { ...newest.record, holder, since, endpoint };
      const number = newest.number + 1;
      const path = join(paths.lock, String(number));
      if (!createWhole(paths.lock, path, JSON.stringify(record))) continue;
      if (newestIn(paths.lock).number !== number) {
        rmSync(path, { force: true });
        continue;
      }
      for (const older of numbersIn(paths.lock).filter((other) => other < number))
        rmSync(join(paths.lock, String(older)), { force: true });
      return new LocalCloudLock(path, record, newest.record);
    }
  }

  get current(): LockRecord {
    return this.record;
  }

  /** Records what a later holder has to clean up if this one is killed. */
  update(changes: Partial<Pick<LockRecord, "temp" | "emulator" | "deployment">>): void {
    this.record = { ...this.record, ...changes };
    this.write(JSON.stringify(this.record));
  }

  release(): void {
    this.write("");
  }

  private write(text: string): void {
    // The folder may have been deleted while it was locked.
    if (existsSync(this.path)) replaceFile(this.path, Buffer.from(text));
  }
}

/** The holder of a state folder's lock; undefined if it is free. */
export function lockHolder(paths: LocalPaths): LockRecord | undefined {
  const { record } = newestIn(paths.lock);
  return record !== undefined && isRunning(record.holder) ? record : undefined;
}

const numbersIn = (folder: string): number[] => {
  try {
    return readdirSync(folder)
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
};

function newestIn(folder: string): { readonly number: number; readonly record: LockRecord | undefined } {
  const number = Math.max(0, ...numbersIn(folder));
  try {
    const text = readFileSync(join(folder, String(number)), "utf8");
    return { number, record: lockRecord.safeParse(JSON.parse(text)).data };
  } catch {
    // Free, truncated by a power failure, or just replaced.
    return { number, record: undefined };
  }
}

/** @returns false when the file exists */
function createWhole(folder: string, path: string, text: string): boolean {
  const own = mkdtempSync(join(folder, "new-"));
  try {
    const whole = join(own, "record");
    writeFileSync(whole, text);
    linkSync(whole, path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}
