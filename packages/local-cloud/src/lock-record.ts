import * as z from "zod";
import { processIdentity } from "./process-identity";

/** The content of a lock. */
export const lockRecord = z.object({
  holder: processIdentity,
  /** ISO 8601 */
  since: z.string(),
  endpoint: z.string(),
  /** The emulator's TMPDIR. */
  temp: z.string().optional(),
  emulator: processIdentity.optional(),
  /** A cdktf that deploys to the emulator. */
  deployment: processIdentity.optional(),
});
export type LockRecord = z.output<typeof lockRecord>;
