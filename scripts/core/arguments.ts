import { environmentNames } from "../../deploy/config/environments";
import { wrongUsage } from "./errors";

/** An option of a command: `--quiet`, or `--out <folder>` when it has a placeholder. */
export interface Option<T> {
  readonly description: string;
  readonly placeholder?: string;
  /** @throws {UsageError} */
  readonly parse: (given: string | boolean | undefined) => T;
}

/** A positional argument of a command. */
export interface Argument<T> {
  readonly description: string;
  readonly isOptional: boolean;
  /** `all` takes every argument that is left; `raw` takes options too, for another program. Only of the last one. */
  readonly rest?: "all" | "raw";
  /**
   * @param given one string; of a rest argument all, and none of an optional one that is left out
   * @throws {UsageError}
   */
  readonly parse: (given: readonly string[]) => T;
}

export const flag = (description: string): Option<boolean> => ({
  description,
  parse: (given) => given === true,
});

/** An option with a value, which is parsed if it is given. */
export const option = <T>(
  placeholder: string,
  description: string,
  parse: (given: string) => T,
): Option<T | undefined> => ({
  placeholder,
  description,
  parse: (given) => (typeof given === "string" ? parse(given) : undefined),
});

/** An option whose value is a string. */
export const text = (placeholder: string, description: string) => option(placeholder, description, String);

/** A required argument. */
export const argument = <T>(description: string, parse: (given: string) => T): Argument<T> => ({
  description,
  isOptional: false,
  parse: ([given = ""]) => parse(given),
});

/** A required argument that is any string. */
export const word = (description: string) => argument(description, String);

/** An argument that may be left out. */
export const optional = <T>(of: Argument<T>): Argument<T | undefined> => ({
  ...of,
  isOptional: true,
  parse: (given) => (given.length === 0 ? undefined : of.parse(given)),
});

/** All arguments that are left. */
export const rest = <T>(description: string, parse: (given: string) => T): Argument<T[]> => ({
  description,
  isOptional: true,
  rest: "all",
  parse: (given) => given.map(parse),
});

/** All that is left of the command line, for another program. */
export const passedOn = (description: string): Argument<readonly string[]> => ({
  description,
  isOptional: true,
  rest: "raw",
  parse: (given) => given,
});

/** Parses one of a list of names. */
export const oneOf =
  <const Name extends string>(what: string, names: readonly Name[]) =>
  (given: string): Name => {
    const found = names.find((name) => name === given);
    if (found === undefined)
      throw wrongUsage(`Expected one of the ${what} ${names.join(", ")}, found "${given}".`);
    return found;
  };

/** Parses a whole number. */
export const wholeNumber = (what: string, from: number, to: number) => (given: string) => {
  const value = Number(given);
  if (/^\d+$/.test(given) && value >= from && value <= to) return value;
  throw wrongUsage(`Expected ${what} from ${from} to ${to}, found "${given}".`);
};

export const environment = (description = "The environment: a folder in deploy/10_core/environments.") =>
  argument(description, (given) => oneOf("environments", environmentNames())(given));

export const jsonLogs = () =>
  flag("Print log lines as JSON on standard output, and everything else on standard error.");

export const port = () =>
  option("port", "Port of the emulator (4566, or LOCAL_CLOUD_PORT).", wholeNumber("a port", 1, 65_535));
