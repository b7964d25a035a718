import { createHash, randomFillSync } from "node:crypto";
import { decodeTime, encodeTime } from "ulid";

/** Characters of a ULID that hold its time, in milliseconds; 16 more follow. https://github.com/ulid/spec */
const timeLength = 10;
const restLength = 16;

/** Crockford's base 32. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Instead of `ulid(time)`, which rejects time 0 and takes 100 µs, because it reads random bytes for each character. */
export const newTaskId = (now: Date): string =>
  encodeTime(now.getTime(), timeLength) + inAlphabet(randomBytes());

/** The creation of a task, or the slot of a scheduled one; milliseconds since 1970. */
export const timeOfTaskId = (id: string): number => decodeTime(id);

/** Random bytes for 32 ids: reading them from the system is the slowest part of an id. */
const chance = Buffer.alloc(32 * restLength);
let taken = chance.length;

function randomBytes(): Uint8Array {
  if (taken === chance.length) {
    randomFillSync(chance);
    taken = 0;
  }
  taken += restLength;
  return chance.subarray(taken - restLength, taken);
}

function inAlphabet(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += alphabet.charAt(byte % alphabet.length);
  return text;
}

/** The lowest id of a time. */
export const firstIdAt = (time: Date): string =>
  encodeTime(time.getTime(), timeLength) + "0".repeat(restLength);

/** Sorts after every id. */
export const afterEveryId = "~";

/**
 * The id of the task of a schedule's slot: the same for the same slot, however often its rule fires.
 * @param time any time within the slot's minute, since rules fire at most once a minute
 */
export function scheduledTaskId(schedule: string, time: Date): string {
  const slot = new Date(time);
  slot.setUTCSeconds(0, 0);
  const hash = createHash("sha256").update(`${schedule}\n${slot.toISOString()}`).digest();
  return encodeTime(slot.getTime(), timeLength) + inAlphabet(hash.subarray(0, restLength));
}
