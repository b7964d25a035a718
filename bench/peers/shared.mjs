import { randomFillSync } from "node:crypto";
import { encodeTime } from "ulid";

/** Response body of GET /health. */
export const health = { status: "ok", version: "0.1.0", commit: "bench" };

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const randomBytes = Buffer.alloc(32 * 16);
let used = randomBytes.length;

/** A ULID, created as in the service: `ulid()` gets random bytes for each character, which costs more than a framework. */
function newId(now) {
  if (used === randomBytes.length) {
    randomFillSync(randomBytes);
    used = 0;
  }
  used += 16;
  let id = encodeTime(now.getTime(), 10);
  for (const byte of randomBytes.subarray(used - 16, used)) id += alphabet.charAt(byte % 32);
  return id;
}

/** A new task, as the service creates it. */
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
