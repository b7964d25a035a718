import * as z from "zod/mini";
import "./zod-locale";
import { integerString } from "./integer-string";
import { nonEmptyString } from "./non-empty-string";

/** A variable that holds JSON. */
export const jsonString = z.pipe(
  z.string(),
  z.transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.issues.push({ code: "custom", message: "Invalid input: expected JSON", input: text });
      return z.NEVER;
    }
  }),
);

// Shared by variables, because creating a schema takes a part of a cold start.
const url = z.url();
export const positiveInteger = integerString(1);
export const optionalUrl = z.optional(url);
export const optionalPositiveInteger = z.optional(positiveInteger);

/** Variables that every function reads. */
export const baseEnvironment = z.object({
  /** The project and the environment of the deployment: dimensions of metrics. */
  PROJECT: nonEmptyString,
  ENVIRONMENT: nonEmptyString,
  SERVICE_NAME: nonEmptyString,
  SERVICE_VERSION: nonEmptyString,
  LOG_LEVEL: z.enum(["DEBUG", "INFO", "WARN", "ERROR"]),
});

/** Variables of the functions that create or run tasks. */
export const commonEnvironment = z.extend(baseEnvironment, {
  /** URL of the SQS queue that carries tasks to the worker. */
  TASK_QUEUE_URL: url,
  /** Name of the DynamoDB table; absent when tasks are in PostgreSQL, or persistence is off. */
  TABLE_NAME: z.optional(z.string().check(z.minLength(3))),
  /** The PostgreSQL database: `postgresql://<role>@<host>:<port>/<database>?sslmode=verify-full`; absent without it. */
  DATABASE_URL: optionalUrl,
  /** Days until a finished task expires; absent when tasks are kept for ever. */
  TASK_RETENTION_DAYS: optionalPositiveInteger,
});

/**
 * The variables that a deployment sets for a function: every one of its schema, each as a string. An optional one must
 * be stated too, as `undefined`, so that none is forgotten.
 */
export type EnvironmentOf<Schema extends z.ZodMiniObject> = {
  [Name in Extract<keyof z.output<Schema>, string>]: undefined extends z.output<Schema>[Name]
    ? string | undefined
    : string;
};

/**
 * The environment of a function, parsed.
 * @throws {Error} naming every variable that is missing or wrong, and what was expected of it.
 */
export function readEnvironment<Schema extends z.ZodMiniObject>(
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
