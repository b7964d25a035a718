import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { asError } from "../../runtime/as-error";
import { clientSettings } from "../clients";
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

let secretsManager: SecretsManagerClient | undefined;
/** Created when a secret is first read, because most invocations read none. */
export const secretsClient = (): SecretsManagerClient =>
  (secretsManager ??= new SecretsManagerClient(clientSettings));

interface Cached {
  readonly value: Promise<string>;
  /** Milliseconds since 1970. */
  readonly freshUntil: number;
}

/**
 * Reads from Secrets Manager and keeps the value a while, so that a rotation is seen without a deployment. Powertools'
 * `parameters` would make a call for each task of a batch, and fail all tasks when the call fails. Here concurrent tasks
 * share one call, and use the last known value if it fails.
 */
export function secretReader(
  client: () => SecretsManagerClient,
  { arns, maxAgeSeconds }: SecretSettings,
  log: Log,
  now: () => number = Date.now,
): ReadSecret {
  const cache = new Map<string, Cached>();
  return (name) => {
    const cached = cache.get(name);
    if (cached !== undefined && now() < cached.freshUntil) return cached.value;
    const fetched = fetchString(client, arns[name]).then((text) => {
      // Errors and log lines may hold it from now on.
      rememberSecret(name, text);
      return text;
    });
    const value = fetched.catch((cause: unknown) => {
      if (cached !== undefined) {
        log.warn("could not refresh the secret; using the last known value", {
          secret: name,
          error: asError(cause),
        });
        return cached.value;
      }
      cache.delete(name);
      throw new Error(`The secret ${name} could not be read: ${asError(cause).message}`, { cause });
    });
    cache.set(name, { value, freshUntil: now() + maxAgeSeconds * 1000 });
    return value;
  };
}

async function fetchString(
  client: () => SecretsManagerClient,
  SecretId: string | undefined,
): Promise<string> {
  if (SecretId === undefined) throw new Error("no task type declares it");
  const { SecretString } = await client().send(new GetSecretValueCommand({ SecretId }));
  if (SecretString === undefined)
    throw new Error("its value is not a string; set one with npm run cli -- secret");
  return SecretString;
}
