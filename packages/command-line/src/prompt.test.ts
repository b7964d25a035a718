import { integer } from "./arguments";
import { Questions } from "./prompt";
import { UsageError } from "./errors";
import { terminal } from "./testing/terminal";

test("a reply is parsed, an empty one is the shown value, and an invalid one is prompted for again", async () => {
  const { shown, ...streams } = terminal(["7", "", "ten", "8"]);
  const questions = new Questions(streams);
  const port = integer("a port", 1, 9);
  expect(await questions.ask("Port?", "5", port)).toBe(7);
  expect(await questions.ask("Port?", "5", port)).toBe(5);
  expect(await questions.ask("Port?", "5", port)).toBe(8);
  questions.close();
  expect(shown).toContain('Expected a port from 1 to 9, found "ten".\n');
  expect(shown.filter((text) => text === "Port? [5] ")).toHaveLength(4);
});

test("another error ends it", async () => {
  const questions = new Questions(terminal(["7"]));
  const parse = () => {
    throw new Error("broken");
  };
  await expect(questions.ask("Port?", "5", parse)).rejects.toThrow("broken");
  questions.close();
});

test("without a terminal there is no prompt", () => {
  expect(() => new Questions(terminal([], false))).toThrow(UsageError);
  expect(() => new Questions(terminal([], false))).toThrow("Give them as options.");
});
