import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { loadEnvironment } from "../../deploy/config/load-environment";
import { emulator } from "../../deploy/emulator/endpoint";
import {
  stateClients,
  type ClientConfig,
  type StateClients,
} from "../../packages/local-cloud/src/aws-clients";
import { checkAccount } from "./state-storage";

/** An environment's account, reached with a person's own credentials: at AWS, or at the emulator they name. */
export interface EnvironmentAccount {
  readonly config: EnvironmentConfig;
  /** For clients of any service. */
  readonly client: ClientConfig;
  readonly clients: StateClients;
  readonly account: string;
  /** Where that is, for messages: `AWS`, or the emulator's address. */
  readonly endpoint: string;
  readonly isAws: boolean;
  /** False at an emulator over plain http. */
  readonly demandTls: boolean;
}

/**
 * Finds the account that a command is about to touch, before it touches anything.
 * @throws {ConfigurationError} when the environment's tfvars are wrong
 * @throws {CommandError} when the credentials are of an account in which the environment may not live
 */
export async function environmentAccount(name: string): Promise<EnvironmentAccount> {
  const config = await loadEnvironment(name);
  const target = emulator();
  const address = target && process.env.AWS_ENDPOINT_URL;
  const client = { region: config.core.region, ...(address !== undefined && { endpoint: address }) };
  const clients = stateClients(client);
  const endpoint = address ?? "AWS";
  const account = await checkAccount(config, clients, endpoint);
  const isAws = target === undefined;
  return { config, client, clients, account, endpoint, isAws, demandTls: target?.tls !== false };
}
