import { text } from "node:stream/consumers";
import { BuildError } from "./build/errors";
import { originalStack } from "./build/original-stack";
import { functionNames, type FunctionName } from "./build/paths";

const usage = `usage: npm run stack -- <${functionNames.join("|")}> < stack.txt
Shows the sources' places in a stack of a deployed function. Build the deployed commit first.`;

const isFunctionName = (name: string | undefined): name is FunctionName =>
  functionNames.some((each) => each === name);

async function main(): Promise<void> {
  const [, , name] = process.argv;
  if (!isFunctionName(name)) throw new BuildError(usage);
  process.stdout.write(originalStack(await text(process.stdin), name));
}

main().catch((error: unknown) => {
  console.error(error instanceof BuildError ? error.message : error);
  process.exitCode = 1;
});
