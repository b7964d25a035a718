import { join } from "node:path";
import { runTool } from "./run-tool";

const root = join(__dirname, "..", "..", "..");

test("a failure is an error that names the run and the program", () => {
  expect(() => {
    runTool(root, "The format", "oxfmt", ["no-such-file"]);
  }).toThrow("The format failed.\n  expected  no problem\n  next      fix what oxfmt reports above");
  expect(() => {
    runTool(root, "The format", "oxfmt", ["--check", "package.json"]);
  }).not.toThrow();
});
