import { createHash } from "node:crypto";
import { encodeTime, ulid } from "ulid";

/** Characters of a ULID that hold its time, in milliseconds; 16 more follow. https://github.com/ulid/spec */
const timeLength = 10;
const restLength = 16;

/** Crockford's base 32. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Not `ulid(time)`, which takes the time 0 for none. */
export const newTaskId = (now: Date): string =>
  encodeTime(now.getTime(), timeLength) + ulid().slice(timeLength);

/** The id that sorts before all others made at a time. */
export const firstIdAt = (time: Date): string =>
  encodeTime(time.getTime(), timeLength) + "0".repeat(restLength);

/**
 * The id of the task of a schedule's slot: the same for the same slot, however often its rule fires.
 * @param time any time within the slot's minute, since rules fire at most once a minute
 */
export function scheduledTaskId(schedule: string, time: Date): string {
  const slot = new Date(time);
  slot.setUTCSeconds(0, 0);
  const hash = createHash("sha256").update(`${schedule}\n${slot.toISOString()}`).digest();
  const rest = [...hash.subarray(0, restLength)].map((byte) => alphabet.charAt(byte % alphabet.length));
  return encodeTime(slot.getTime(), timeLength) + rest.join("");
}
