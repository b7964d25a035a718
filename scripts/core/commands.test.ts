import { engines as narrowest } from "eslint-scope/package.json";
import { engines, localCloud, scripts } from "../../package.json";
import { UsageError } from "./errors";
import { commandHelp, commandList, optionName } from "../../packages/command-line/src/help";
import { commands as folder, program } from "./program";

const commands = folder.loadAll();
const all = [...commands];
const cloudCommands = all.filter(([, { declaration }]) => declaration.cloud !== undefined);

test("the list of commands", () => {
  expect([...commands.keys()]).toEqual([
    ...[
      "add",
      "alarms",
      "apply",
      "backup",
      "bench",
      "bench-console",
      "bench-sweep",
      "bootstrap",
      "build",
      "check",
      "console",
      "cost",
      "destroy",
      "dev",
      "diff-env",
      "dlq",
    ],
    ...[
      "documents",
      "drift",
      "edge",
      "eject",
      "examples",
      "inject",
      "locks",
      "logs",
      "migrate",
      "new-env",
      "pause",
      "plan",
      "plan-comment",
      "recovery",
      "rename",
      "repair",
      "reset",
    ],
    ...[
      "restore",
      "resume",
      "role",
      "rollback",
      "schedules",
      "screenshots",
      "secret",
      "setup",
      "start",
      "state",
      "status",
      "symbolicate",
      "tasks",
      "test",
      "test-packages",
      "upgrade",
      "versions",
    ],
  ]);
});

test("the list names every command in a group, with its description", () => {
  const list = commandList(program, commands);
  for (const [name, { declaration }] of all) {
    expect(program.groups).toContain(declaration.group);
    expect(list).toMatch(
      new RegExp(`^  ${name} +${declaration.description.replace(/[.()+]/g, "\\$&")}$`, "m"),
    );
  }
});

test.each(all)("%s has a description, and so has each argument and option", (name, command) => {
  const help = commandHelp(program, name, command);
  const described = [...Object.values(command.args), ...Object.values(command.options)];
  expect(help).toContain(`npm run cli -- ${name}`);
  for (const { description } of [command.declaration, ...described]) {
    expect(description).toMatch(/^[A-Za-z].{4,}[.)]$/);
  }
  for (const [key, { description }] of Object.entries(command.args))
    expect(help).toMatch(new RegExp(`<${key}> +${description.replace(/[.()+[\]]/g, "\\$&")}`));
  for (const [key, option] of Object.entries(command.options))
    expect(help).toContain(optionName(key, option));
});

test.each(all)("%s refuses an unknown option and a surplus argument", async (_name, { run, args }) => {
  await expect(run(["--no-such-option"])).rejects.toThrow(UsageError);
  const most = Object.values(args).length;
  if (!Object.values(args).some(({ rest }) => rest === "raw"))
    await expect(run(Array<string>(most + 1).fill("nothing-of-this-name"))).rejects.toThrow(UsageError);
});

test("every npm script runs the command that has it as alias", () => {
  const aliases = all.flatMap(
    ([
      name,
      {
        declaration: { alias },
      },
    ]) => (alias === undefined ? [] : [[alias.replace(/^npm (run )?/, ""), name] as const]),
  );
  expect(aliases.length).toBeGreaterThan(8);
  const lines: Readonly<Record<string, string>> = scripts;
  for (const [script, name] of aliases)
    expect([script, lines[script]]).toEqual([script, `${scripts.cli} ${name}`]);
  expect(Object.keys(scripts).length).toBeLessThanOrEqual(20);
});

test("every command of a cloud prints its result as JSON", () => {
  expect(cloudCommands.length).toBeGreaterThan(8);
  expect(cloudCommands.filter(([, { declaration }]) => declaration.json === undefined)).toEqual([]);
});

test("package.json names commands that exist", () => {
  const [, name = ""] = /npm run cli -- (\S+)/.exec(localCloud.failureHint) ?? [];
  expect(commands.keys()).toContain(name);
});

test("Node is one that eslint-scope supports, whose range is the narrowest of the packages", () => {
  expect(engines.node).toBe(narrowest.node);
});

test("the commands that use a cloud", () => {
  expect(cloudCommands.map(([name, { declaration }]) => `${name} ${declaration.cloud ?? ""}`)).toEqual([
    "alarms changes",
    "apply changes",
    "backup changes",
    "bootstrap changes",
    "console reads",
    "destroy changes",
    "dlq changes",
    "drift reads",
    "edge changes",
    "locks changes",
    "logs reads",
    "migrate changes",
    "pause changes",
    "plan reads",
    "recovery changes",
    "repair changes",
    "restore changes",
    "resume changes",
    "rollback changes",
    "schedules changes",
    "secret changes",
    "state changes",
    "status reads",
    "tasks changes",
    "versions reads",
  ]);
});

test.each(cloudCommands)(
  "%s takes an environment and --aws, and --yes if it changes anything",
  (_name, command) => {
    expect(Object.keys(command.args)).toContain("environment");
    expect(command.options).toHaveProperty("aws");
    expect("yes" in command.options).toBe(command.declaration.cloud === "changes");
  },
);

test("no other command has --aws", () => {
  const others = all.filter(([, { declaration }]) => declaration.cloud === undefined);
  for (const [, { options }] of others) expect(options).not.toHaveProperty("aws");
});
