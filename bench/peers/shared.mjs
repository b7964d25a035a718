import { randomFillSync } from "node:crypto";
import { encodeTime } from "ulid";

/** What every shape answers to GET /health. */
export const health = { status: "ok", version: "0.1.0", commit: "bench" };

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const chance = Buffer.alloc(32 * 16);
let taken = chance.length;

/** As the service makes it: `ulid()` would ask the system for each character, which costs more than the frameworks. */
function newId(now) {
  if (taken === chance.length) {
    randomFillSync(chance);
    taken = 0;
  }
  taken += 16;
  let id = encodeTime(now.getTime(), 10);
  for (const byte of chance.subarray(taken - 16, taken)) id += alphabet.charAt(byte % 32);
  return id;
}

/** A task as the service makes it. */
export function newTask({ type, payload }) {
  const now = new Date();
  const createdAt = now.toISOString();
  return {
    id: newId(now),
    type,
    state: "pending",
    payload,
    attempts: 0,
    revision: 1,
    createdAt,
    updatedAt: createdAt,
  };
}
