import { createHash, randomFillSync } from "node:crypto";
import { encodeTime } from "ulid";

/** Characters of a ULID that hold its time, in milliseconds; 16 more follow. https://github.com/ulid/spec */
const timeLength = 10;
const restLength = 16;

/** Crockford's base 32. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** As `ulid(time)`, which takes the time 0 for none, and 100 µs, since it asks the system for each character by itself. */
export const newTaskId = (now: Date): string =>
  encodeTime(now.getTime(), timeLength) + inAlphabet(randomBytes());

/** For 32 ids: to ask the system takes longer than all the rest of one. */
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
  return encodeTime(slot.getTime(), timeLength) + inAlphabet(hash.subarray(0, restLength));
}
