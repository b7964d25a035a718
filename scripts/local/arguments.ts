import { environmentNames } from "../../deploy/config/environments";
import { wrongUsage } from "./errors";

/** The port of AWS emulators since the first of them. */
export const defaultPort = 4566;

/**
 * The environment that a command line names.
 * @param fallback taken when it names none
 * @throws {LocalCloudError} with the command's usage when it names none, several, or one that is not there
 */
export function environmentArgument(
  positionals: readonly string[],
  usage: string,
  fallback?: string,
): string {
  const known = environmentNames();
  const [name = fallback, ...rest] = positionals;
  if (name !== undefined && rest.length === 0 && known.includes(name)) return name;
  throw wrongUsage(
    `Expected one of the environments ${known.join(", ")}, found "${positionals.join(" ")}".`,
    usage,
  );
}

/** @throws {LocalCloudError} with the command's usage when it is no port */
export function portOption(text: string, usage: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw wrongUsage(`Expected a port from 1 to 65535, found "${text}".`, usage);
}
