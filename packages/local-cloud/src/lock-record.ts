import * as z from "zod";
import { processIdentity } from "./process-identity";

/** What the lock of a home folder says of its holder. */
export const lockRecord = z.object({
  holder: processIdentity,
  /** ISO 8601 */
  since: z.string(),
  endpoint: z.string(),
  /** The emulator's TMPDIR. */
  temp: z.string().optional(),
  emulator: processIdentity.optional(),
  /** A cdktf that changes what the emulator holds. */
  deployment: processIdentity.optional(),
});
export type LockRecord = z.output<typeof lockRecord>;
