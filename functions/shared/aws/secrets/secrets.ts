import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { asError } from "../../runtime/as-error";
import { cachedValue } from "../../runtime/cached-value";
import type { Log } from "../../runtime/logger";
import { rememberSecret } from "../../runtime/mask-secrets";

/**
 * Reads a secret's value, a string, by the name that task types declare.
 * @throws {Error} when it has no value yet, or cannot be read and never was
 */
export type ReadSecret = (name: string) => Promise<string>;

export interface SecretSettings {
  /** ARNs by name. */
  readonly arns: Readonly<Record<string, string>>;
  /** How long a value is used before it is read again. */
  readonly maxAgeSeconds: number;
}

/** Reads from Secrets Manager and keeps the value a while, so that a rotation is seen without a deployment. */
export function secretReader(
  client: () => SecretsManagerClient,
  { arns, maxAgeSeconds }: SecretSettings,
  log: Log,
  now: () => number = Date.now,
): ReadSecret {
  const readerOf = (name: string, arn: string) => {
    const fetch = async () => {
      const text = await fetchString(client(), arn);
      // Errors and log lines may hold it from now on.
      rememberSecret(name, text);
      return text;
    };
    const onStale = (cause: unknown) => {
      log.warn("could not refresh the secret; using the last known value", {
        secret: name,
        error: asError(cause),
      });
    };
    return cachedValue(fetch, { maxAgeSeconds, now, onStale });
  };
  const readers = new Map(Object.entries(arns).map(([name, arn]) => [name, readerOf(name, arn)]));
  return async (name) => {
    const read = readers.get(name);
    if (read === undefined) throw unreadable(name, new Error("no task type declares it"));
    return read().catch((cause: unknown) => {
      throw unreadable(name, asError(cause));
    });
  };
}

const unreadable = (name: string, cause: Error) =>
  new Error(`The secret ${name} could not be read: ${cause.message}`, { cause });

async function fetchString(client: SecretsManagerClient, SecretId: string): Promise<string> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId }));
  if (SecretString === undefined)
    throw new Error("its value is not a string; set one with npm run cli -- secret");
  return SecretString;
}
