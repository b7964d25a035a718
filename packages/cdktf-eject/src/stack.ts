import * as z from "zod";

const values = z.record(z.string(), z.unknown());
export type Values = z.output<typeof values>;
const byType = z.record(z.string(), z.record(z.string(), values)).default({});

/** `cdk.tf.json`. Strict, so that no unknown kind of block is left out silently. */
export const stackJson = z.strictObject({
  "//": z.unknown(),
  terraform: z.strictObject({
    required_version: z.string(),
    required_providers: z.record(z.string(), values),
    backend: z.record(z.string(), values),
  }),
  provider: z.record(z.string(), z.array(values)),
  data: byType,
  resource: byType,
  removed: z.array(z.strictObject({ from: z.string(), lifecycle: values })).default([]),
  output: z.record(z.string(), values).default({}),
});
export type StackJson = z.output<typeof stackJson>;

const metadata = z.object({ "//": z.object({ metadata: z.object({ path: z.string() }) }) });

/** The construct path of a resource, without the stack: `["task-queue", "tasks", "Resource"]`. */
export const constructsOf = (resource: Values): readonly string[] =>
  metadata.parse(resource)["//"].metadata.path.split("/").slice(1);
