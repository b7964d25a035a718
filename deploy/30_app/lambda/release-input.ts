import * as z from "zod";

const deployedFunction = z.object({
  /** Its name in Lambda. */
  name: z.string(),
  /** The published version to release. */
  version: z.string(),
  timeout_seconds: z.number(),
});

/** What Terraform passes to the release program, as JSON in the variable RELEASE. */
export const releaseInput = z.object({
  region: z.string(),
  /** In a second region: its queue has no consumer, and its sweep does not run, until a failover. */
  standby: z.boolean().optional(),
  alias: z.string(),
  commit: z.string(),
  /** By their names in functions/service.ts. */
  functions: z.record(z.string(), deployedFunction),
  /** The alarms to watch; absent without alarms. */
  alarms: z.object({ prefix: z.string(), conditions: z.array(z.string()) }).optional(),
  error_percent: z.number(),
  duration_percent: z.number(),
  watch_seconds: z.number(),
  canary_percent: z.number(),
  canary_seconds: z.number(),
  kept_releases: z.number(),
});
export type ReleaseInput = z.output<typeof releaseInput>;
