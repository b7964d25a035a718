import { createInterface } from "node:readline/promises";
import { wrongUsage } from "./errors";

/**
 * Asks before something outside this machine is touched.
 * @throws {LocalCloudError} when the person says no, or there is nobody to ask
 */
export async function confirmTarget(question: string): Promise<void> {
  if (!process.stdin.isTTY)
    throw wrongUsage("There is no terminal to ask on.", "Add --yes to go on without asking.");
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${question} [y/N] `).finally(() => {
    terminal.close();
  });
  if (!/^y(es)?$/i.test(answer.trim()))
    throw wrongUsage("Nothing was changed.", "Run it again when you are sure.");
}
