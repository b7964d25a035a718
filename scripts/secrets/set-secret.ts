import {
  GetSecretValueCommand,
  InvalidRequestException,
  PutSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { noSecret } from "../local/errors";
import { randomValue } from "./secret-value";

/**
 * Makes a value the secret's current one; the one before stays as its previous.
 * @returns the version's id
 * @throws {LocalCloudError} when the secret is not there, or is being deleted
 */
export async function setSecret(client: SecretsManagerClient, id: string, value: string): Promise<string> {
  try {
    const { VersionId = "" } = await client.send(
      new PutSecretValueCommand({ SecretId: id, SecretString: value }),
    );
    return VersionId;
  } catch (error) {
    if (error instanceof ResourceNotFoundException || error instanceof InvalidRequestException)
      throw noSecret(id, error);
    throw error;
  }
}

/**
 * Gives each secret that has no value a random one.
 * @returns the ids of those
 */
export async function fillEmptySecrets(
  client: SecretsManagerClient,
  ids: readonly string[],
): Promise<string[]> {
  const filled: string[] = [];
  for (const id of ids) {
    if (await hasValue(client, id)) continue;
    await setSecret(client, id, randomValue());
    filled.push(id);
  }
  return filled;
}

/** Asked for the value itself: the emulator describes one that was never set as having a current version. */
async function hasValue(client: SecretsManagerClient, id: string): Promise<boolean> {
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: id }));
    return SecretString !== undefined && SecretString !== "";
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
}
