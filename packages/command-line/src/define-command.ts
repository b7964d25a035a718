import { parseArgs } from "node:util";
import { flag, type Argument, type Option } from "./arguments";
import { CommandError, messageOf, wrongUsage } from "./errors";
import { PrintedLines } from "./printed-lines";

type Arguments = Readonly<Record<string, Argument<unknown>>>;
type Options = Readonly<Record<string, Option<unknown>>>;
export type Values<A, O> = {
  readonly [Name in keyof A]: A[Name] extends Argument<infer T> ? T : never;
} & { readonly [Name in keyof O]: O[Name] extends Option<infer T> ? T : never };

/** The program that the commands belong to. */
export interface Program {
  /** The prefix of command lines: `npm run cli --`. */
  readonly invocation: string;
  /** Groups of commands, in the order in which they are listed. */
  readonly groups: readonly string[];
  /** Printed below the list of commands. */
  readonly note: string;
}

/** A command's metadata. Help and a document are generated from it. */
export interface Declaration {
  /** The group in which the command is listed. */
  readonly group: string;
  /** One sentence: what the command does. */
  readonly description: string;
  /** Further explanation. */
  readonly details?: string;
  /** The npm script that runs the command, if there is one: `npm start`. */
  readonly alias?: string;
  /** Command lines after the program's name. */
  readonly examples?: readonly string[];
  /** Exit codes in addition to 0, 1 and 2, with their meaning. */
  readonly exitCodes?: Readonly<Record<number, string>>;
  /** How the command uses a cloud; undefined when it uses none. */
  readonly cloud?: "reads" | "changes";
  /** What \`run\` returns, which \`--json\` prints: "the locks". Without it there is no such option. */
  readonly json?: string;
}

export interface CommandSpec<A extends Arguments, O extends Options> extends Declaration {
  readonly arguments?: A;
  readonly options?: O;
  /** Prints for people. With \`--json\` these lines go to standard error, and standard output is what it returns. */
  readonly run: (values: Values<A, O>) => unknown;
}

export class Command {
  constructor(
    readonly declaration: Declaration,
    readonly args: Arguments,
    readonly options: Options,
    /** @throws {UsageError} when the command line is wrong */
    readonly run: (commandLine: readonly string[]) => Promise<void>,
  ) {}
}

export function defineCommand<A extends Arguments, O extends Options>(spec: CommandSpec<A, O>): Command {
  const { arguments: args, options, run, ...declaration } = spec;
  const all = { ...args };
  const { json } = declaration;
  const allOptions: Options = {
    ...options,
    ...(json !== undefined && { json: flag(`Print ${json} as JSON.`) }),
  };
  return new Command(declaration, all, allOptions, async (commandLine) => {
    const { positionals, given } = split(commandLine, all, allOptions);
    const values = { ...parsedArguments(all, positionals), ...parsedOptions(allOptions, given) };
    // The records above have the keys of A and O.
    const result = () => run(values as Values<A, O>);
    await (json !== undefined && given.json === true ? printJson(result) : printReadable(result));
  });
}

/** The name, the message, and what a CommandError adds to them. */
const failureOf = (error: Error) => ({
  ...(error instanceof CommandError && Object.fromEntries(Object.entries(error))),
  name: error.name,
  message: error.message,
});

/** What the command prints itself, and the lines that it returns. */
async function printReadable(result: () => unknown): Promise<void> {
  const returned = await result();
  if (returned instanceof PrintedLines) await returned.printReadable(console.log);
}

/** Prints the result as JSON, or the failure, which is thrown again; everything else goes to standard error. */
async function printJson(result: () => unknown): Promise<void> {
  const { log } = console;
  console.log = console.error;
  const print = (value: unknown) => {
    log(JSON.stringify(value ?? {}, null, 2));
  };
  try {
    const returned = await result();
    if (returned instanceof PrintedLines) await returned.printJson(log);
    else print(returned);
  } catch (error) {
    if (error instanceof Error) print({ error: failureOf(error) });
    throw error;
  } finally {
    console.log = log;
  }
}

type Given = Readonly<Record<string, string | boolean | undefined>>;

/**
 * Splits a command line into positional arguments and options.
 * @throws {UsageError} for an unknown option, or one without its value
 */
function split(commandLine: readonly string[], args: Arguments, options: Options) {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, { placeholder }]) => [
      name,
      { type: placeholder === undefined ? ("boolean" as const) : ("string" as const) },
    ]),
  );
  const ownEnd = endOfOwn(commandLine, args, config);
  try {
    const { values, positionals } = parseArgs({
      args: commandLine.slice(0, ownEnd),
      options: config,
      allowPositionals: true,
    });
    const given: Given = values;
    const passedOn = commandLine.slice(ownEnd);
    return { given, positionals: [...positionals, ...(passedOn[0] === "--" ? passedOn.slice(1) : passedOn)] };
  } catch (error) {
    throw wrongUsage(`${messageOf(error)}.`, error);
  }
}

/** The index at which another program's command line starts. */
function endOfOwn(
  commandLine: readonly string[],
  args: Arguments,
  options: Readonly<Record<string, { readonly type: "boolean" | "string" }>>,
): number {
  const own = Object.values(args).filter(({ rest }) => rest === undefined).length;
  if (!Object.values(args).some(({ rest }) => rest === "raw")) return commandLine.length;
  const { tokens } = parseArgs({
    args: [...commandLine],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const begins = tokens.find(
    ({ kind }, at) =>
      kind === "option-terminator" ||
      (kind === "positional" && tokens.slice(0, at).filter((token) => token.kind === kind).length === own),
  );
  return begins?.index ?? commandLine.length;
}

function parsedArguments(args: Arguments, positionals: readonly string[]) {
  const left = [...positionals];
  const values = Object.entries(args).map(([name, { rest, isOptional, parse }]) => {
    const taken = rest !== undefined ? left.splice(0) : left.splice(0, 1);
    if (taken.length === 0 && !isOptional) throw wrongUsage(`Expected <${name}>, found nothing.`);
    return [name, parse(taken)] as const;
  });
  const [extra] = left;
  if (extra !== undefined) throw wrongUsage(`Unexpected argument "${extra}".`);
  return Object.fromEntries(values);
}

const parsedOptions = (options: Options, given: Given) =>
  Object.fromEntries(Object.entries(options).map(([name, { parse }]) => [name, parse(given[name])]));
