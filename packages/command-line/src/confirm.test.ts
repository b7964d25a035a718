import { PassThrough } from "node:stream";
import { confirm } from "./confirm";
import { CommandError, UsageError } from "./errors";

/** A terminal with a line of input. */
function terminal(line: string, isTTY = true) {
  const input = Object.assign(new PassThrough(), { isTTY });
  input.end(`${line}\n`);
  return { input, output: new PassThrough() };
}

test.each(["y", "Y", "yes", " yes "])("%p confirms", async (line) => {
  const { input, output } = terminal(line);
  await confirm("Continue?", { input, output });
  expect(String(output.read())).toBe("Continue? [y/N] ");
});

test.each(["", "n", "no", "yes, but", "ja"])("%p does not", async (line) => {
  await expect(confirm("Continue?", terminal(line))).rejects.toThrow(CommandError);
});

test("without a terminal there is no prompt, and it is refused", async () => {
  const { input, output } = terminal("y", false);
  await expect(confirm("Continue?", { input, output })).rejects.toThrow(UsageError);
  expect(output.read()).toBeNull();
});
