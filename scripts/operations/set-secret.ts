import {
  GetSecretValueCommand,
  InvalidRequestException,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { userError } from "../core/errors";
import { naming } from "../../deploy/shared/naming";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { standbyAccount } from "../bootstrap/standby-account";
import { randomValue } from "./secret-value";

const noSecret = (id: string, cause: Error) =>
  userError(
    `The secret ${id} could not be set: ${cause.message}`,
    "a secret that the infra layer has created, and that is not being deleted",
    "deploy infra first",
    cause,
  );

/** Sets a secret that task types declare, in both regions of an environment that has two, and prints and returns its new version. */
export async function setTaskSecret(
  account: EnvironmentAccount,
  secret: string,
  value: string,
): Promise<{ readonly id: string; readonly version: string }> {
  const { config, client } = account;
  const id = naming(config)(secret);
  // The second region first: when it fails, the value that is in use has not changed.
  const standby = standbyAccount(account);
  if (standby !== undefined) {
    const version = await setSecret(new SecretsManagerClient(standby.client), id, value);
    console.log(`  ${id} in ${standby.config.core.region}: set, version ${version}`);
  }
  const version = await setSecret(new SecretsManagerClient(client), id, value);
  console.log(`  ${id}: set, version ${version}; used within ${config.app.worker.secret_max_age_seconds} s`);
  return { id, version };
}

/**
 * Sets the secret's current value (AWSCURRENT); the value before becomes AWSPREVIOUS.
 * @returns the version's id
 * @throws {CommandError} when the secret does not exist, or is being deleted
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
 * Sets a random value for each secret without one.
 * @returns the ids of these secrets
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

/** Gets the value itself: in the emulator, DescribeSecret reports a current version even for a secret without a value. */
async function hasValue(client: SecretsManagerClient, id: string): Promise<boolean> {
  try {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: id }));
    return SecretString !== undefined && SecretString !== "";
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
}
