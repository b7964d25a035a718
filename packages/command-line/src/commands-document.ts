import type { Command, Program } from "./define-command";
import { exitCodesOf, optionName, usage } from "./help";
import { markdownTable } from "./table";

/** A Markdown page of all commands, to be formatted. */
export function commandsDocument(
  program: Program,
  introduction: string,
  commands: ReadonlyMap<string, Command>,
): string {
  const sections = program.groups.map((group) => {
    const listed = [...commands].filter(([, { declaration }]) => declaration.group === group);
    return [`## ${group}`, ...listed.map(([name, command]) => section(program, name, command))].join("\n\n");
  });
  return `${[introduction, ...sections].join("\n\n")}\n`;
}

const cloudNote = {
  reads: "Reads the local cloud, or AWS with `--aws`.",
  changes: "Changes the local cloud, or AWS with `--aws`.",
} as const;

function section({ invocation }: Program, name: string, command: Command): string {
  const { description, details, alias, examples = [], exitCodes, cloud } = command.declaration;
  const rows = [
    ...Object.entries(command.args).map(([key, value]) => [`\`<${key}>\``, cell(value.description)]),
    ...Object.entries(command.options).map(([key, value]) => [
      `\`${optionName(key, value)}\``,
      cell(value.description),
    ]),
  ];
  return [
    `### ${name}`,
    [description, details?.replaceAll("<", "\\<"), cloud && cloudNote[cloud]].filter(Boolean).join("\n\n"),
    `\`\`\`sh\n${[`${invocation} ${usage(name, command)}`, ...(alias === undefined ? [] : [alias]), ...examples.map((example) => `${invocation} ${example}`)].join("\n")}\n\`\`\``,
    ...(rows.length === 0 ? [] : [markdownTable(["", ""], rows)]),
    ...(exitCodes === undefined
      ? []
      : [
          `Exit codes: ${exitCodesOf(command)
            .map(([code, meaning]) => `${code} ${meaning}`)
            .join(", ")}.`,
        ]),
  ].join("\n\n");
}

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("<", "\\<");
