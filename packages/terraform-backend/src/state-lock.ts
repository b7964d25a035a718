import * as z from "zod";

/** The lock info that Terraform writes. Unreadable info of another tool is a lock, too. */
const lockInfo = z.object({
  ID: z.string().catch("unknown"),
  Operation: z.string().catch("unknown"),
  Who: z.string().catch("an unknown user"),
  Created: z.string().catch("unknown"),
});
export type LockInfo = z.output<typeof lockInfo>;

/** A state's lock, which has two halves: a row in the table, and a lockfile in the bucket. */
export interface StateLock extends LockInfo {
  /** The table's half, unparsed. */
  readonly row?: string;
  /** The file's half: its entity tag. */
  readonly file?: string;
}

export function parseLockInfo(text: string): LockInfo {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    // Truncated JSON.
  }
  return lockInfo.catch(lockInfo.parse({})).parse(found);
}

/** `root@build-7 has held it for 12 s, since 2026-08-01T12:00:00Z, to apply (lock 791e…)` */
export function describeHolder({ ID, Who, Created, Operation }: LockInfo, now = new Date()): string {
  const operation = Operation.replace(/^OperationType/, "").toLowerCase();
  const since = Created.replace(/\.\d+Z$/, "Z");
  const age = formatAge(now.getTime() - new Date(Created).getTime());
  return `${Who} has held it for ${age}, since ${since}, to ${operation} (lock ${ID})`;
}

/** A lock's holder, and which of its halves exist. */
export function lockLine(lock: StateLock): string {
  const halves = [lock.row !== undefined && "table", lock.file !== undefined && "lockfile"];
  return `${describeHolder(lock)}, in the ${halves.filter(Boolean).join(" and ")}`;
}

const units = [
  ["days", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
] as const;

/** `3 days`, `2 h`, `14 min`, `5 s`; `an unknown time` for NaN. */
export function formatAge(milliseconds: number): string {
  if (Number.isNaN(milliseconds)) return "an unknown time";
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [name, size] = units.find(([, size]) => seconds >= size) ?? units[3];
  return `${Math.floor(seconds / size)} ${name}`;
}
