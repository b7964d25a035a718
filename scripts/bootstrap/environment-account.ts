import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { loadEnvironment } from "../../deploy/config/load-environment";
import { emulator } from "../../deploy/emulator/endpoint";
import { requestedStore, withStore } from "../../deploy/emulator/local-store";
import {
  stateClients,
  type ClientConfig,
  type StateClients,
} from "../../packages/local-cloud/src/aws-clients";
import { messageOf, userError } from "../core/errors";

/** An environment's account and the clients for it: in AWS, or on the emulator that AWS_ENDPOINT_URL names. */
export interface EnvironmentAccount {
  readonly config: EnvironmentConfig;
  /** For clients of any service. */
  readonly client: ClientConfig;
  readonly clients: StateClients;
  readonly account: string;
  /** For messages: `AWS`, or the emulator's address. */
  readonly endpoint: string;
  readonly isAws: boolean;
  /** False at an emulator over plain http. */
  readonly demandTls: boolean;
}

/**
 * Finds the account of the current credentials, and checks that tfvars allow it.
 * @throws {ConfigurationError} when the environment's tfvars are wrong
 * @throws {CommandError} when the credentials belong to an account that tfvars do not allow
 */
export async function environmentAccount(name: string): Promise<EnvironmentAccount> {
  const { AWS_ENDPOINT_URL = "" } = process.env;
  const address = AWS_ENDPOINT_URL === "" ? undefined : AWS_ENDPOINT_URL;
  const target = address === undefined ? undefined : emulator(address);
  const config = withStore(await loadEnvironment(name), target === undefined ? undefined : requestedStore());
  const client = { region: config.core.region, ...(address !== undefined && { endpoint: address }) };
  const clients = stateClients(client);
  const endpoint = address ?? "AWS";
  const account = await checkedAccount(config, clients, endpoint);
  const isAws = target === undefined;
  return { config, client, clients, account, endpoint, isAws, demandTls: target?.tls !== false };
}

async function checkedAccount(config: EnvironmentConfig, { sts }: StateClients, endpoint: string) {
  const { Account: account = "unknown" } = await sts
    .send(new GetCallerIdentityCommand())
    .catch((cause: unknown) => {
      throw userError(
        `${endpoint} did not return the caller's identity: ${messageOf(cause)}`,
        "valid credentials",
        "log in (aws sso login, or set AWS_PROFILE), then try again",
        cause,
      );
    });
  const allowed = config.core.allowed_account_ids;
  if (allowed.includes(account)) return account;
  throw userError(
    `These credentials belong to account ${account} at ${endpoint}.`,
    `one of the accounts ${allowed.join(", ")}, which deploy/10_core/environments/${config.name}/terraform.tfvars allows`,
    "use credentials of that account, or correct allowed_account_ids",
  );
}
