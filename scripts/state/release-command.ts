import { localHome } from "../../packages/local-cloud/src/home";
import { lockHolder } from "../../packages/local-cloud/src/home-lock";

/** What decides where a command with `--aws` goes. */
const names = ["AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];

/**
 * The command line that releases a lock, to be copied as it is.
 * @param env of what found the lock
 */
export const releaseCommand = (environment: string, id: string, env: NodeJS.ProcessEnv): string =>
  commandLine(`npm run cli -- locks ${environment} --release ${id}`, env);

/** The command line that repairs what a killed run has left, to be copied as it is. */
export const repairCommand = (environment: string, env: NodeJS.ProcessEnv): string =>
  commandLine(`npm run cli -- repair ${environment}`, env);

/**
 * Adds what makes a command go where the lock was found: nothing for the local cloud, else `--aws`, after the variables
 * that the user's own environment does not have.
 */
function commandLine(command: string, env: NodeJS.ProcessEnv): string {
  const endpoint = env.AWS_ENDPOINT_URL;
  if (endpoint !== undefined && endpoint === lockHolder(localHome())?.endpoint) return command;
  const given = names.flatMap((name) => {
    const value = env[name];
    return value === undefined || value === process.env[name] ? [] : [`${name}=${value}`];
  });
  return [...given, command, "--aws"].join(" ");
}
