import { ConfigurationError } from "../../deploy/shared/errors";
import { BuildError } from "../build/errors";
import { PackagesNotInstalledError } from "../../packages/lambda-runtime/src/errors";
import { LocalCloudError } from "./errors";
import { Interruption } from "../../packages/local-cloud/src/interrupt";

/** Errors whose message says all that a user needs. */
const userErrors = [LocalCloudError, ConfigurationError, BuildError, PackagesNotInstalledError];

/** Runs a command's main function; an error that was meant to be read is printed without a stack. */
export function runMain(main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    if (error instanceof Interruption) {
      console.error(error.message);
      process.exitCode = error.exitCode;
      return;
    }
    const readable = error instanceof Error && userErrors.some((type) => error instanceof type);
    // node:util's parseArgs says itself what is wrong with an option.
    const wrongOption =
      error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
    console.error(readable || wrongOption ? `\n${error.message}` : error);
    process.exitCode = 1;
  });
}
