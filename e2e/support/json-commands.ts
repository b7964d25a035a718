import type { CommandResult } from "../../packages/local-cloud/src/command";
import { expectSuccess, script } from "./command";
import type { E2eEnvironment } from "./e2e-environment";

/** Commands of scripts/commands that print JSON, on the cloud of a suite. */
export function jsonCommands(e2e: () => E2eEnvironment) {
  const cli = (command: string, ...parameters: string[]): Promise<CommandResult> =>
    script(e2e().local.cloud.env, command, ...parameters, "--aws", "--json");
  /** The output of a command that succeeds. */
  const outputOf = async (command: string, ...parameters: string[]): Promise<unknown> => {
    const result = await cli(command, ...parameters);
    expectSuccess(result);
    return JSON.parse(result.stdout);
  };
  return { cli, outputOf };
}
