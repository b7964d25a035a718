import { createHash } from "node:crypto";
import * as z from "zod/mini";
import type { Idempotency } from "../../shared/tasks/task-repository";
import type { Caller } from "./caller";

/** https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/ */
export const idempotencyKeyHeader = z
  .string()
  .check(
    z.regex(
      /^[\x21-\x7e]{1,255}$/,
      "Expected 1 to 255 printable ASCII characters without spaces, e.g. a UUID",
    ),
  )
  .register(z.globalRegistry, {
    description:
      "Makes a request safe to repeat: for 24 hours, a request of the same caller with the same key returns the first response.",
  });

const lifetimeMilliseconds = 24 * 3_600_000;

/** A key is compared with the keys of the same caller and operation only: docs/authorization.md. */
export const idempotencyOf = (
  key: string,
  operation: string,
  { principal }: Caller,
  payload: unknown,
  now: Date,
): Idempotency => ({
  scope: JSON.stringify([principal, operation, key]),
  payloadHash: createHash("sha256").update(canonicalJson(payload)).digest("hex"),
  expiresAt: new Date(now.getTime() + lifetimeMilliseconds),
});

/** The same string for equal values, whatever the order of their keys. */
const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
