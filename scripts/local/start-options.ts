import { parseArgs } from "node:util";
import { environmentNames } from "../../deploy/shared/environments";
import { defaultPort, environmentArgument, portOption } from "./arguments";
import { localHome, type Home } from "../../packages/local-cloud/src/home";

export interface StartOptions {
  readonly home: Home;
  readonly environment: string;
  readonly port: number;
  /** Stop when the API has answered. */
  readonly once: boolean;
}

const usage = (command: string) => `npm ${command} [-- <environment>] [-- --port 4567] [-- --once]

Runs the service on this machine: an AWS emulator, and the three layers that Terraform applies onto it.
Ctrl-C stops it; its state is kept in .local/ for the next start. One process uses that folder at a time.

  <environment>  ${environmentNames().join(", ")} (dev)
  --port         the emulator's port (${defaultPort}); LOCAL_CLOUD_PORT sets it too
  --once         stop when the API has answered, instead of following the logs`;

/**
 * The options on the command line.
 * @returns undefined when only help was asked for
 * @throws {LocalCloudError}
 */
export function parseStartOptions(command: string, from = process.argv.slice(2)): StartOptions | undefined {
  const { values, positionals } = parseArgs({
    args: from,
    allowPositionals: true,
    options: { port: { type: "string" }, once: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) {
    console.log(usage(command));
    return undefined;
  }
  const environment = environmentArgument(positionals, usage(command), "dev");
  const port = portOption(values.port ?? process.env.LOCAL_CLOUD_PORT ?? String(defaultPort), usage(command));
  return { home: localHome(), environment, port, once: values.once === true };
}
