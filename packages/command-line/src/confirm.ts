import { createInterface } from "node:readline/promises";
import { noTerminal, notConfirmed } from "./errors";

export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}

/**
 * Prompts for a confirmation, by default on standard error: standard output may be JSON.
 * @throws {UsageError} when there is no terminal
 * @throws {CommandError} when the user does not confirm
 */
export async function confirm(
  question: string,
  { input, output }: Terminal = { input: process.stdin, output: process.stderr },
): Promise<void> {
  if (input.isTTY !== true) throw noTerminal();
  const terminal = createInterface({ input, output });
  const reply = await terminal.question(`${question} [y/N] `).finally(() => {
    terminal.close();
  });
  if (!/^y(es)?$/i.test(reply.trim())) throw notConfirmed();
}
