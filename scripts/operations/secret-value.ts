import { randomBytes } from "node:crypto";
import { text } from "node:stream/consumers";
import { taskSecrets, type TaskSecret } from "@serverless-tasks/functions/worker/handlers";
import { wrongUsage } from "../core/errors";

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html */
const mostBytes = 65_536;

export const randomValue = (): string => randomBytes(32).toString("base64url");

/**
 * Parses the name of a secret.
 * @throws {UsageError} when no task type declares it
 */
export function secretArgument(name: string): TaskSecret {
  const known = taskSecrets.find((secret) => secret === name);
  if (known !== undefined) return known;
  throw wrongUsage(
    `Expected one of the secrets that task types declare (${taskSecrets.join(", ")}), found "${name}".`,
  );
}

/**
 * Reads a value from standard input, or generates one.
 * @throws {UsageError} when standard input is a terminal, or its value is invalid
 */
export async function readSecretValue(random: boolean): Promise<string> {
  if (random) return randomValue();
  if (process.stdin.isTTY) throw wrongUsage("Expected the value on standard input, found a terminal.");
  return secretValue(await text(process.stdin));
}

/**
 * Removes the trailing line break, which shells add, from a value.
 * @throws {UsageError} when it is empty, or longer than Secrets Manager accepts
 */
export function secretValue(input: string): string {
  const value = input.replace(/\r?\n$/, "");
  const bytes = Buffer.byteLength(value);
  if (bytes > 0 && bytes <= mostBytes) return value;
  throw wrongUsage(`Expected a value of 1 to ${mostBytes} bytes on standard input, found ${bytes}.`);
}
