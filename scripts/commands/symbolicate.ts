import { argument, oneOf } from "../../packages/command-line/src/arguments";
import { functionNames } from "../build/paths";
import { defineCommand } from "../../packages/command-line/src/define-command";

export default defineCommand({
  group: "Operate",
  description: "Translate the positions in a stack trace of a deployed function into those of the sources.",
  details: "Reads the stack trace from standard input. Build the deployed commit first.",
  examples: ["symbolicate api < stack.txt"],
  arguments: {
    function: argument(`The function: ${functionNames.join(", ")}.`, oneOf("functions", functionNames)),
  },
  run: async ({ function: name }) => {
    const { text } = await import("node:stream/consumers");
    const { originalStack } = await import("../build/original-stack.js");
    process.stdout.write(originalStack(await text(process.stdin), name));
  },
});
