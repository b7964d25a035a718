/** A failure that the user can act on. Its message is printed without a stack; the exit code is 1. */
export class CommandError extends Error {
  override readonly name: string = "CommandError";
}

/** The command line is wrong. The exit code is 2. */
export class UsageError extends CommandError {
  override readonly name = "UsageError";
}

/** What happened, what was expected, what to do next: one line each. */
export const userError = (happened: string, expected: string, next: string, cause?: unknown) =>
  new CommandError(`${happened}\n  expected  ${expected}\n  next      ${next}`, { cause });

export const wrongUsage = (problem: string, cause?: unknown) => new UsageError(problem, { cause });

export const noLocalCloud = (folder: string) =>
  userError(
    `No local cloud is running in ${folder}.`,
    "the emulator that npm start runs: commands go there unless --aws is given",
    "run npm start in another terminal; for the AWS account, add --aws",
  );

export const localCloudSilent = (endpoint: string) =>
  userError(
    `The local cloud at ${endpoint} did not respond.`,
    "the emulator that npm start runs to respond on its port",
    "wait until npm start prints Ready, then try again",
  );

export const noTerminal = () =>
  wrongUsage("This changes AWS, and there is no terminal to confirm it on. Add --yes to go on without.");

export const notConfirmed = () => new CommandError("Not confirmed. Nothing was changed.");
