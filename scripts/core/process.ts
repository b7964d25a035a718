import { ConfigurationError } from "../../deploy/shared/errors";
import { BuildError } from "../build/errors";
import { PackagesNotInstalledError } from "../../packages/lambda-runtime/src/errors";
import { LocalCloudError } from "../../packages/local-cloud/src/errors";
import { BackendError } from "../../packages/terraform-backend/src/errors";
import { Interruption } from "../../packages/local-cloud/src/interrupt";
import { ScannerError } from "../../packages/scanners/src/run-scanner";
import { CommandError, UsageError } from "./errors";

/** Errors whose message is printed without the stack. */
const isReadable = (error: unknown): error is Error =>
  [
    CommandError,
    BackendError,
    LocalCloudError,
    ScannerError,
    PackagesNotInstalledError,
    ConfigurationError,
    BuildError,
  ].some((type) => error instanceof type);

/**
 * Prints why a command failed.
 * @param help the help command, printed after wrong usage
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
