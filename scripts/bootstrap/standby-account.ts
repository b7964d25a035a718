import { standbyConfig } from "../../deploy/config/standby-config";
import type { EnvironmentAccount } from "./environment-account";

/** The account of an environment with the clients of its second region; undefined without one. */
export function standbyAccount(account: EnvironmentAccount): EnvironmentAccount | undefined {
  const config = standbyConfig(account.config);
  return config && { ...account, config, client: { ...account.client, region: config.core.region } };
}
