import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { stateClients, type ClientConfig } from "../../packages/local-cloud/src/aws-clients";
import type { EnvironmentAccount } from "../bootstrap/environment-account";

/** The account of a test: in AWS, whatever endpoint its clients call. */
export function awsAccount(
  config: EnvironmentConfig,
  client: ClientConfig = { region: config.core.region },
): EnvironmentAccount {
  return {
    ...{ config, client, clients: stateClients(client), account: "111111111111" },
    ...{ endpoint: "AWS", isAws: true, demandTls: true },
  };
}
