import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { asError } from "./as-error";
import { clientSettings } from "./clients";
import type { Log } from "./logger";
import { rememberSecret } from "./mask-secrets";

/**
 * Reads a secret's value, as text, by the name that task types declare.
 * @throws {Error} when it has no value yet, or cannot be read and never was
 */
export type ReadSecret = (name: string) => Promise<string>;

export interface SecretSettings {
  /** ARNs by name. */
  readonly arns: Readonly<Record<string, string>>;
  /** How long a value is used before Secrets Manager is asked again. */
  readonly maxAgeSeconds: number;
}

let secretsManager: SecretsManagerClient | undefined;
/** Created when a secret is first read: most invocations read none, and need not load the package. */
export const secretsClient = (): SecretsManagerClient =>
  (secretsManager ??= new SecretsManagerClient(clientSettings));

interface Cached {
  readonly value: Promise<string>;
  /** Milliseconds since 1970. */
  readonly freshUntil: number;
}

/**
 * Reads from Secrets Manager and keeps the value a while, so that a rotation is seen without a deployment. Powertools'
 * `parameters` would ask once for each task of a batch, and fail them all when Secrets Manager does not answer; here
 * tasks wait for one call, and go on with the last known value: it is right until somebody takes it back.
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
    const fetched = fetchText(client, arns[name]).then((text) => {
      // Errors and log lines may hold it from now on.
      rememberSecret(name, text);
      return text;
    });
    const value = fetched.catch((cause: unknown) => {
      if (cached !== undefined) {
        log.warn("secret not refreshed, the last known value is used", {
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

async function fetchText(client: () => SecretsManagerClient, SecretId: string | undefined): Promise<string> {
  if (SecretId === undefined) throw new Error("no task type declares it");
  const { SecretString } = await client().send(new GetSecretValueCommand({ SecretId }));
  if (SecretString === undefined)
    throw new Error("its value is not text; give it one with npm run cli -- secret");
  return SecretString;
}
