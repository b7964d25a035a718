import { argument, flag, oneOf, option, optional, passThrough, rest, integer, word } from "./arguments";
import { defineCommand } from "./define-command";

const declaration = { group: "Build", description: "A command of a test." } as const;

test("arguments and options are parsed from the command line", async () => {
  const run = jest.fn();
  const command = defineCommand({
    ...declaration,
    arguments: { name: word("A name."), count: optional(argument("A count.", integer("a count", 1, 9))) },
    options: { quiet: flag("Quiet."), level: option("level", "A level.", oneOf("levels", ["low", "high"])) },
    run,
  });
  await command.run(["--level", "high", "a", "3", "--quiet"]);
  await command.run(["a"]);
  expect(run.mock.calls).toEqual([
    [{ name: "a", count: 3, quiet: true, level: "high" }],
    [{ name: "a", count: undefined, quiet: false, level: undefined }],
  ]);
});

test.each([
  [[], "Expected <name>, found nothing."],
  [["a", "10"], 'Expected a count from 1 to 9, found "10".'],
  [["a", "1", "b"], 'Unexpected argument "b".'],
  [["a", "--level", "middle"], 'Expected one of the levels low, high, found "middle".'],
  [["a", "--level"], "Option '--level <value>' argument missing"],
  [["a", "--quiet=yes"], "Option '--quiet' does not take an argument"],
  [["a", "--loud"], "Unknown option '--loud'"],
])("%j is refused, and nothing is run", async (commandLine, problem) => {
  const run = jest.fn();
  const command = defineCommand({
    ...declaration,
    arguments: { name: word("A name."), count: optional(argument("A count.", integer("a count", 1, 9))) },
    options: { quiet: flag("Quiet."), level: option("level", "A level.", oneOf("levels", ["low", "high"])) },
    run,
  });
  await expect(command.run(commandLine)).rejects.toThrow(problem);
  expect(run).not.toHaveBeenCalled();
});

test("a rest argument takes all remaining arguments; options may follow", async () => {
  const run = jest.fn();
  const names = rest("Names.", oneOf("names", ["a", "b"]));
  const command = defineCommand({
    ...declaration,
    arguments: { names },
    options: { check: flag("Check.") },
    run,
  });
  await command.run(["a", "b", "--check"]);
  expect(run).toHaveBeenCalledWith({ names: ["a", "b"], check: true });
});

test("another program's command line is passed on, its options too", async () => {
  const run = jest.fn();
  const command = defineCommand({
    ...declaration,
    arguments: { folder: word("A folder."), command: passThrough("A command.") },
    options: { published: flag("Published.") },
    run,
  });
  await command.run(["--published", "folder", "tape", "--published", "--", "x"]);
  await command.run(["folder", "--", "--tape"]);
  expect(run.mock.calls).toEqual([
    [{ folder: "folder", command: ["tape", "--published", "--", "x"], published: true }],
    [{ folder: "folder", command: ["--tape"], published: false }],
  ]);
});
