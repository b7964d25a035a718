/** A failure that the user can act on. Its message is printed without a stack; the exit code is 1. */
export class CommandError extends Error {
  override readonly name: string = "CommandError";
}

/** The command line is wrong. The exit code is 2. */
export class UsageError extends CommandError {
  override readonly name = "UsageError";
}

/** A failure in three parts: what happened, what was expected, what to do next. */
class UserError extends CommandError {
  constructor(
    readonly happened: string,
    readonly expected: string,
    readonly next: string,
    cause?: unknown,
  ) {
    super(`${happened}\n  expected  ${expected}\n  next      ${next}`, { cause });
  }
}

export const userError = (happened: string, expected: string, next: string, cause?: unknown) =>
  new UserError(happened, expected, next, cause);

export const wrongUsage = (problem: string, cause?: unknown) => new UsageError(problem, { cause });

/** The message of anything that was thrown. */
export const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

export const noTerminal = () =>
  wrongUsage("This needs a confirmation, and there is no terminal for it. Add --yes to skip it.");

export const noTerminalForValues = () =>
  wrongUsage("This prompts for values, and there is no terminal for it. Give them as options.");

export const notConfirmed = () => new CommandError("Not confirmed. Nothing was changed.");
