import { randomBytes } from "node:crypto";
import { encodeTime } from "ulid";

/** What every shape answers to GET /health. */
export const health = { status: "ok", version: "0.1.0", commit: "bench" };

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** As the service makes it: `ulid()` would ask the system for each character, which costs more than the frameworks. */
let byChance = "";
let taken = 0;

function newId(now) {
  if (taken === byChance.length) {
    byChance = Array.from(randomBytes(32 * 16), (byte) => alphabet.charAt(byte % 32)).join("");
    taken = 0;
  }
  taken += 16;
  return encodeTime(now.getTime(), 10) + byChance.slice(taken - 16, taken);
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
