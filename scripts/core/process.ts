import { ConfigurationError } from "../../deploy/shared/errors";
import { BuildError } from "../build/errors";
import { LocalCloudError } from "../local/errors";
import { Interruption } from "../local/interrupt";
import { CommandError, UsageError } from "./errors";

/** Errors whose message is all that a user needs. */
const isReadable = (error: unknown): error is Error =>
  [CommandError, LocalCloudError, ConfigurationError, BuildError].some((type) => error instanceof type);

/**
 * Prints why a command failed.
 * @param help is named when the command line was wrong
 * @returns the exit code
 */
export function reportFailure(error: unknown, help: string): number {
  if (error instanceof Interruption) {
    console.error(error.message);
    return error.exitCode;
  }
  if (error instanceof UsageError) {
    console.error(`\n${error.message}\n\nHelp: ${help}`);
    return 2;
  }
  console.error(isReadable(error) ? `\n${error.message}` : error);
  return 1;
}
