import { parseArgs } from "node:util";
import { commands } from "../core/program";
import { commandsOf, isCommandLine, runbookPages } from "../testing/runbook-commands";

const pages = runbookPages();
const all = pages.flatMap(commandsOf);

test("there is a runbook for each kind of incident, and the index names all", () => {
  expect(pages).toEqual(
    expect.arrayContaining(
      ["dead-letters", "backlog", "outbox-growing", "throttled-table", "stuck-lock", "lost-state"].map(page),
    ),
  );
  expect(pages).toEqual(expect.arrayContaining(["secret-rotation", "cost-spike", "quota"].map(page)));
  expect(all.length).toBeGreaterThan(60);
});
const page = (name: string) => `${name}.md`;

test("a command that is not of the command line is marked as not executed", () => {
  const unmarked = all.filter((command) => !command.isMarked && !isCommandLine(command));
  expect(unmarked.map(({ page, line }) => `${page}: ${line}`)).toEqual([
    "cost-spike.md: npm run cost -- --environment prod --scenario steady",
  ]);
  expect(all.filter(({ isMarked }) => isMarked).length).toBeLessThan(all.length / 3);
});

test.each(all.filter(isCommandLine).map(({ page, line, words }) => [page, line, words] as const))(
  "%s: %s has the options of its command",
  (_page, _line, [name = "", ...parameters]) => {
    const { options, args } = commands.load(name);
    const declared = Object.fromEntries(
      Object.entries(options).map(([option, { placeholder }]) => [
        option,
        { type: placeholder === undefined ? ("boolean" as const) : ("string" as const) },
      ]),
    );
    const { positionals } = parseArgs({ args: parameters, options: declared, allowPositionals: true });
    const required = Object.values(args).filter(({ isOptional }) => !isOptional).length;
    expect(positionals.length).toBeGreaterThanOrEqual(required);
    expect(positionals).toContain("prod");
  },
);
