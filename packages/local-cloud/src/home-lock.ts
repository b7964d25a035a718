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
import { replaceFile } from "../../lambda-layer/src";
import { alreadyRunning } from "./errors";
import type { Home } from "./home";
import { lockRecord, type LockRecord } from "./lock-record";
import { identityOf, isRunning } from "./process-identity";

/**
 * The right to use a home folder, for one process at a time.
 *
 * The lock is the file with the highest number in the lock folder: it names the holder, or is empty when the lock is
 * free. Taking it is making the next number's file, which only one process can. Numbers never go back, so a
 * process that has read an old state of the folder cannot take a lock that another has got since.
 */
export class HomeLock {
  private constructor(
    private readonly path: string,
    private record: LockRecord,
    /** The record of a holder that ended without releasing the lock. */
    readonly abandoned: LockRecord | undefined,
  ) {}

  /** @throws {LocalCloudError} naming the process that holds it */
  static acquire(home: Home, endpoint: string): HomeLock {
    mkdirSync(home.lock, { recursive: true });
    const holder = identityOf(process.pid);
    if (holder === undefined) throw new Error("This process has no identity");
    const since = new Date().toISOString();
    for (;;) {
      const newest = newestIn(home.lock);
      if (newest.record !== undefined && isRunning(newest.record.holder)) throw alreadyRunning(newest.record);
      // What an abandoned record names is this one's to clean up, or that of who comes after it.
      const record: LockRecord = { ...newest.record, holder, since, endpoint };
      const number = newest.number + 1;
      const path = join(home.lock, String(number));
      if (!createWhole(home.lock, path, JSON.stringify(record))) continue;
      if (newestIn(home.lock).number !== number) {
        rmSync(path, { force: true });
        continue;
      }
      for (const older of numbersIn(home.lock).filter((other) => other < number))
        rmSync(join(home.lock, String(older)), { force: true });
      return new HomeLock(path, record, newest.record);
    }
  }

  get current(): LockRecord {
    return this.record;
  }

  /** Notes what a later holder has to clean up if this one is killed. */
  note(changes: Partial<Pick<LockRecord, "temp" | "emulator" | "deployment">>): void {
    this.record = { ...this.record, ...changes };
    this.write(JSON.stringify(this.record));
  }

  release(): void {
    this.write("");
  }

  private write(text: string): void {
    // The folder may have been deleted under a running cloud; what it locked is gone then.
    if (existsSync(this.path)) replaceFile(this.path, Buffer.from(text));
  }
}

/** The holder of a home folder's lock, if there is one. */
export function lockHolder(home: Home): LockRecord | undefined {
  const { record } = newestIn(home.lock);
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
    // Free, not written to its end before a power failure, or replaced a moment ago.
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
