import { localClientConfig, stateClients } from "../../packages/local-cloud/src/aws-clients";
import type { LocalPaths } from "../../packages/local-cloud/src/local-paths";
import type { ConsoleServer } from "../../packages/console/src/server";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import type { LocalCloud } from "../local/local-cloud";
import { openConsole } from "./open-console";
import { consoleFolder } from "./serve-console";

/** The account of an environment on the emulator, whatever AWS settings this process has. */
export function localAccount({ target, config }: Pick<LocalCloud, "target" | "config">): EnvironmentAccount {
  const client = localClientConfig(target);
  return {
    ...{ config, client, clients: stateClients(client), account: target.accountId },
    ...{ endpoint: target.endpoint, isAws: false, demandTls: false },
  };
}

/** Starts the console of the local cloud in this process; what it needs is loaded at the first request. */
export const openLocalConsole = (
  cloud: Pick<LocalCloud, "target" | "config"> & { readonly emulator: { readonly pid: number } },
  paths: LocalPaths,
): Promise<ConsoleServer> =>
  openConsole(
    () => localAccount(cloud),
    { config: cloud.config, account: cloud.target.accountId },
    {
      ...{ aws: false, readOnly: false, port: 0, folder: consoleFolder(paths) },
      parents: () => [cloud.emulator.pid],
    },
  );
