/** What decides where a command goes. */
const names = ["AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];

/**
 * The command line that releases a lock, to be copied as it is.
 * @param env of what found the lock; what it has beside the person's own environment (the emulator's address and
 * dummy credentials) goes into the command
 */
export const releaseCommand = (environment: string, id: string, env: NodeJS.ProcessEnv): string =>
  commandLine(`npm run locks -- ${environment} --release ${id}`, env);

/** The command line that repairs what a killed run has left, to be copied as it is. */
export const repairCommand = (environment: string, env: NodeJS.ProcessEnv): string =>
  commandLine(`npm run repair -- ${environment}`, env);

function commandLine(command: string, env: NodeJS.ProcessEnv): string {
  const given = names.flatMap((name) => {
    const value = env[name];
    return value === undefined || value === process.env[name] ? [] : [`${name}=${value}`];
  });
  return [...given, command].join(" ");
}
