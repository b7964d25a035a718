import * as z from "zod";

/** A variable that holds JSON. */
export const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: "custom", message: "Invalid input: expected JSON" });
    return z.NEVER;
  }
});

/** Variables that every function reads. */
export const commonEnvironment = z.object({
  SERVICE_NAME: z.string().min(1),
  SERVICE_VERSION: z.string().min(1),
  LOG_LEVEL: z.enum(["DEBUG", "INFO", "WARN", "ERROR"]),
  /** URL of the SQS queue that carries tasks to the worker. */
  TASK_QUEUE_URL: z.url(),
  /** Name of the DynamoDB table; absent when persistence is off. */
  TABLE_NAME: z.string().min(3).optional(),
  /** Number of write shards of the table's list and outbox indexes. */
  TABLE_SHARDS: z.coerce.number().int().min(1).max(64),
});

/**
 * What a deployer has to give a function: every variable of its schema, each as text.
 * An optional one must be stated too, as `undefined`, so that none is forgotten.
 */
export type EnvironmentOf<Schema extends z.ZodObject> = {
  [Name in Extract<keyof z.output<Schema>, string>]: undefined extends z.output<Schema>[Name]
    ? string | undefined
    : string;
};

/**
 * The environment of a function, parsed.
 * @throws {Error} naming every variable that is missing or wrong, and what was expected of it.
 */
export function readEnvironment<Schema extends z.ZodObject>(
  schema: Schema,
  environment: NodeJS.ProcessEnv,
): z.output<Schema> {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The function's environment is wrong (set by deploy/30_app): ${problems.join("; ")}`, {
    cause: parsed.error,
  });
}
