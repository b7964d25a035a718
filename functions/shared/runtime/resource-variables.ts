import type { QueueName } from "../../service";

/** The variables that deploy/30_app sets for a function that has permissions on a resource of functions/service.ts. */
export const resourceVariables = {
  queue: (name: QueueName) => `${name.toUpperCase()}_QUEUE_URL`,
  table: (name: string) => `${name.toUpperCase()}_TABLE`,
  bucket: (name: string) => `${name.toUpperCase()}_BUCKET`,
} as const;

/**
 * The value of a variable, read when a resource is first used: a test can replace the resource and sets no variable.
 * @throws {Error} when the function has no permissions on the resource
 */
export function resourceVariable(variable: string): string {
  const value = process.env[variable];
  if (value !== undefined) return value;
  throw new Error(
    `The variable ${variable} is not set: expected permissions on its resource in the function's permissions.ts`,
  );
}
