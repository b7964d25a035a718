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
  /** Only for the last argument: `all` takes all remaining arguments, `raw` options too, for another program. */
  readonly rest?: "all" | "raw";
  /**
   * @param given one string; all of a rest argument, none of a missing optional one
   * @throws {UsageError}
   */
  readonly parse: (given: readonly string[]) => T;
}

export const flag = (description: string): Option<boolean> => ({
  description,
  parse: (given) => given === true,
});

/** An option with a value. */
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
export const string = (placeholder: string, description: string) => option(placeholder, description, String);

/** A required argument. */
export const argument = <T>(description: string, parse: (given: string) => T): Argument<T> => ({
  description,
  isOptional: false,
  parse: ([given = ""]) => parse(given),
});

/** A required string argument. */
export const word = (description: string) => argument(description, String);

/** An optional argument. */
export const optional = <T>(of: Argument<T>): Argument<T | undefined> => ({
  ...of,
  isOptional: true,
  parse: (given) => (given.length === 0 ? undefined : of.parse(given)),
});

/** All remaining arguments. */
export const rest = <T>(description: string, parse: (given: string) => T): Argument<T[]> => ({
  description,
  isOptional: true,
  rest: "all",
  parse: (given) => given.map(parse),
});

/** The rest of the command line, options included, for another program. */
export const passThrough = (description: string): Argument<readonly string[]> => ({
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

/** Parses an integer in a range. */
export const integer = (what: string, from: number, to: number) => (given: string) => {
  const value = Number(given);
  if (/^\d+$/.test(given) && value >= from && value <= to) return value;
  throw wrongUsage(`Expected ${what} from ${from} to ${to}, found "${given}".`);
};

/**
 * Parses a time in ISO 8601 and UTC.
 * @param what what was expected, for the error
 */
export const utcTime = (given: string, what = "a time such as 2026-01-31T12:00:00Z"): Date => {
  const time = new Date(given);
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(given) && !Number.isNaN(time.getTime())) return time;
  throw wrongUsage(`Expected ${what}, found "${given}".`);
};

/** Parses a list, `a,b`. */
export const listOf =
  <T>(parse: (given: string) => T) =>
  (given: string): T[] =>
    given.split(",").map((each) => parse(each.trim()));

/** Parses values by name, `a=1,b=2`. */
export const valuesByName =
  <T>(parseName: (given: string) => string, parse: (given: string) => T) =>
  (given: string): Record<string, T> =>
    Object.fromEntries(
      listOf((each) => {
        const [name = "", ...value] = each.split("=");
        return [parseName(name), parse(value.join("="))] as const;
      })(given),
    );

/**
 * Parses a string with parts.
 * @param parts a pattern with a group for each part, all of which match
 */
export const matching =
  <Part extends string>(what: string, pattern: RegExp, ...parts: readonly Part[]) =>
  (given: string): Record<Part, string> => {
    const found = pattern.exec(given);
    if (found === null) throw wrongUsage(`Expected ${what}, found "${given}".`);
    return Object.fromEntries(parts.map((part, index) => [part, found[index + 1]])) as Record<Part, string>;
  };
