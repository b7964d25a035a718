import { randomBytes } from "node:crypto";
import { taskSecrets, type TaskSecret } from "@serverless-tasks/functions/worker/handlers";
import { wrongUsage } from "../local/errors";

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html */
const mostBytes = 65_536;

export const randomValue = (): string => randomBytes(32).toString("base64url");

/**
 * The secret that a command line names.
 * @throws {LocalCloudError} with the command's usage when it names none, several, or one that no task type declares
 */
export function secretArgument(positionals: readonly string[], usage: string): TaskSecret {
  const [name, ...rest] = positionals;
  const known = taskSecrets.find((secret) => secret === name);
  if (known !== undefined && rest.length === 0) return known;
  throw wrongUsage(
    `Expected one of the secrets that task types declare (${taskSecrets.join(", ")}), found "${positionals.join(" ")}".`,
    usage,
  );
}

/**
 * A value as it came on standard input, without the line end that shells add.
 * @throws {LocalCloudError} with the command's usage when there is none, or more than Secrets Manager holds
 */
export function secretValue(input: string, usage: string): string {
  const value = input.replace(/\r?\n$/, "");
  const bytes = Buffer.byteLength(value);
  if (bytes > 0 && bytes <= mostBytes) return value;
  throw wrongUsage(`Expected a value of 1 to ${mostBytes} bytes on standard input, found ${bytes}.`, usage);
}
