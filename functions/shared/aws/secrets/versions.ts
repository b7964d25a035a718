import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { asError } from "../../runtime/as-error";
import { cachedValue } from "../../runtime/cached-value";
import type { Log } from "../../runtime/logger";
import { rememberSecret } from "../../runtime/mask-secrets";

/** Returns the current value of a secret and, after a rotation, the one before it. */
export type ReadSecretVersions = () => Promise<readonly string[]>;

interface Settings {
  readonly arn: string;
  /** How long the values are used before they are read again. */
  readonly maxAgeSeconds: number;
}

/**
 * Reads both versions and keeps them a while.
 * @throws {Error} when the secret has no value yet, or cannot be read and never was
 */
export const secretVersions = (
  client: () => SecretsManagerClient,
  { arn, maxAgeSeconds }: Settings,
  log: Log,
  now: () => number = Date.now,
): ReadSecretVersions =>
  cachedValue(() => fetchVersions(client(), arn), {
    maxAgeSeconds,
    now,
    onStale: (cause) => {
      log.warn("could not refresh the secret; using the last known values", { error: asError(cause) });
    },
  });

async function fetchVersions(client: SecretsManagerClient, SecretId: string): Promise<readonly string[]> {
  const get = async (VersionStage: "AWSCURRENT" | "AWSPREVIOUS") =>
    (await client.send(new GetSecretValueCommand({ SecretId, VersionStage }))).SecretString;
  const [current, previous] = await Promise.all([
    get("AWSCURRENT"),
    // There is none before the first rotation.
    get("AWSPREVIOUS").catch((error: unknown) => {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }),
  ]);
  if (current === undefined) throw new Error("the secret has no value; set one with npm run cli -- edge");
  const values = [current, previous ?? ""].filter((value) => value !== "");
  for (const value of values) rememberSecret("origin", value);
  return values;
}
