import { argument, flag, oneOf, option, optional, passThrough, rest, integer, word } from "./arguments";
import { defineCommand } from "./define-command";
import { userError } from "./errors";

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

describe("--json", () => {
  const printed = { log: jest.spyOn(console, "log"), error: jest.spyOn(console, "error") };
  const calls = { log: [] as string[], error: [] as string[] };
  beforeEach(() => {
    calls.log = [];
    calls.error = [];
    printed.log = jest.spyOn(console, "log").mockImplementation((line: string) => calls.log.push(line));
    printed.error = jest.spyOn(console, "error").mockImplementation((line: string) => calls.error.push(line));
  });
  afterEach(() => {
    printed.log.mockRestore();
    printed.error.mockRestore();
  });
  const moving = (outcome: () => unknown) =>
    defineCommand({
      ...declaration,
      json: "the number",
      run: () => {
        console.log("moving");
        return outcome();
      },
    });

  test("prints what the command returns; its other lines go to standard error", async () => {
    const { log } = console;
    await moving(() => Promise.resolve({ moved: 3 })).run(["--json"]);
    expect(JSON.parse(calls.log.join("\n"))).toEqual({ moved: 3 });
    expect(calls.error).toEqual(["moving"]);
    expect(console.log).toBe(log);
  });

  test("prints nothing more when it is not given", async () => {
    await moving(() => ({ moved: 3 })).run([]);
    expect(calls).toEqual({ log: ["moving"], error: [] });
  });

  test("prints a failure with its data, and fails", async () => {
    const { log } = console;
    const failure = userError("It is locked.", "an unlocked state", "wait");
    await expect(moving(() => Promise.reject(failure)).run(["--json"])).rejects.toBe(failure);
    expect(JSON.parse(calls.log.join("\n"))).toMatchObject({
      error: { name: "CommandError", happened: "It is locked.", expected: "an unlocked state", next: "wait" },
    });
    expect(console.log).toBe(log);
  });

  test("is unknown to a command without a result, and described in help", async () => {
    await expect(defineCommand({ ...declaration, run: jest.fn() }).run(["--json"])).rejects.toThrow("--json");
    expect(moving(jest.fn()).options.json?.description).toBe("Print the number as JSON.");
  });
});
