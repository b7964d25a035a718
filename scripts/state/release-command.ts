import { localPaths } from "../../packages/local-cloud/src/local-paths";
import { lockHolder } from "../../packages/local-cloud/src/local-cloud-lock";

/** Variables that select the endpoint and account of a command with `--aws`. */
const names = ["AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];

/**
 * The command line that releases a lock.
 * @param env environment of the process that found the lock
 */
export const releaseCommand = (environment: string, id: string, env: NodeJS.ProcessEnv): string =>
  commandLine(`npm run cli -- locks ${environment} --release ${id}`, env);

/** The command line that repairs the states after a killed run. */
export const repairCommand = (environment: string, env: NodeJS.ProcessEnv): string =>
  commandLine(`npm run cli -- repair ${environment}`, env);

/**
 * Adds the target at which the lock was found: nothing for the local cloud, else `--aws` and those variables that the
 * user's environment does not have.
 */
function commandLine(command: string, env: NodeJS.ProcessEnv): string {
  const endpoint = env.AWS_ENDPOINT_URL;
  if (endpoint !== undefined && endpoint === lockHolder(localPaths())?.endpoint) return command;
  const given = names.flatMap((name) => {
    const value = env[name];
    return value === undefined || value === process.env[name] ? [] : [`${name}=${value}`];
  });
  return [...given, command, "--aws"].join(" ");
}
