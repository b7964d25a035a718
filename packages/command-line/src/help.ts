import type { Command, Program } from "./define-command";
import { textTable } from "./table";

const indented = (rows: readonly (readonly string[])[]) => textTable(rows).replace(/^/gm, "  ");
const widest = 100;

/** `plan <environment> [--out <folder>] [--aws]` */
export function usage(name: string, { args, options }: Command): string {
  const positional = Object.entries(args).map(([key, { isOptional, rest }]) => {
    const shown = `<${key}>${rest === undefined ? "" : "…"}`;
    return isOptional ? `[${shown}]` : shown;
  });
  return [
    name,
    ...positional,
    ...Object.entries(options).map(([key, value]) => `[${optionName(key, value)}]`),
  ].join(" ");
}

export const optionName = (key: string, { placeholder }: { readonly placeholder?: string }): string =>
  `--${key}${placeholder === undefined ? "" : ` <${placeholder}>`}`;

export const exitCodesOf = ({ declaration: { exitCodes = {} } }: Command): [string, string][] =>
  Object.entries({ 0: "success", 1: "failure", 2: "wrong usage", ...exitCodes });

/** What `<command> --help` prints. */
export function commandHelp({ invocation }: Program, name: string, command: Command): string {
  const { description, details, alias, examples = [] } = command.declaration;
  const sections = [
    `Usage: ${invocation} ${usage(name, command)}${alias === undefined ? "" : `\nAlso:  ${alias}`}`,
    wrapped(description),
    details && wrapped(details),
    section(
      "Arguments",
      Object.entries(command.args).map(([key, argument]) => [`<${key}>`, argument.description]),
    ),
    section("Options", [
      ...Object.entries(command.options).map(([key, value]) => [optionName(key, value), value.description]),
      ["--help", "Print this help."],
    ]),
    section(
      "Examples",
      examples.map((example) => [`${invocation} ${example}`]),
    ),
    section("Exit codes", exitCodesOf(command)),
  ];
  return sections.filter((text) => text !== undefined).join("\n\n");
}

const section = (title: string, rows: readonly (readonly string[])[]) =>
  rows.length === 0 ? undefined : `${title}:\n${indented(rows)}`;

/** What `--help` prints. */
export function commandList(
  { invocation, groups, note }: Program,
  commands: ReadonlyMap<string, Command>,
): string {
  const all = [...commands];
  const width = Math.max(...all.map(([name]) => name.length));
  const listed = groups.map((group) =>
    section(
      group,
      all
        .filter(([, { declaration }]) => declaration.group === group)
        .map(([name, { declaration }]) => [name.padEnd(width), declaration.description]),
    ),
  );
  return [
    `Usage: ${invocation} <command> [arguments] [options]`,
    ...listed.filter((text) => text !== undefined),
    wrapped(note),
  ].join("\n\n");
}

/** Wraps lines at the width of a terminal; existing line breaks are kept. */
function wrapped(text: string): string {
  return text
    .split("\n")
    .map((line) => line.replaceAll(new RegExp(`(.{1,${widest}})(?: |$)`, "g"), "$1\n").trimEnd())
    .join("\n");
}
