/** What decides where a command goes. */
const names = ["AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"];

/**
 * The command line that releases a lock, to be copied as it is.
 * @param env of what found the lock; what it has beside the person's own environment (the emulator's address and
 * throw-away keys) goes into the command
 */
export function releaseCommand(environment: string, id: string, env: NodeJS.ProcessEnv): string {
  const given = names.flatMap((name) => {
    const value = env[name];
    return value === undefined || value === process.env[name] ? [] : [`${name}=${value}`];
  });
  return [...given, `npm run locks -- ${environment} --release ${id}`].join(" ");
}
