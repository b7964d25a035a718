import { createInterface, type Interface } from "node:readline/promises";
import { noTerminalForValues, UsageError } from "./errors";
import type { Terminal } from "./confirm";

/** Prompts for values, one after the other. An empty reply is the shown value. */
export class Questions {
  private readonly terminal: Interface;
  private readonly output: NodeJS.WritableStream;

  /** @throws {UsageError} when there is no terminal */
  constructor({ input, output }: Terminal = { input: process.stdin, output: process.stderr }) {
    if (input.isTTY !== true) throw noTerminalForValues();
    this.terminal = createInterface({ input, output });
    this.output = output;
  }

  /**
   * Prompts until the reply is valid.
   * @param shown the value of an empty reply
   * @param parse throws a UsageError for an invalid reply, which is printed
   */
  async ask<T>(question: string, shown: string, parse: (reply: string) => T): Promise<T> {
    for (;;) {
      const reply = (await this.terminal.question(`${question} [${shown}] `)).trim();
      try {
        return parse(reply === "" ? shown : reply);
      } catch (error) {
        if (!(error instanceof UsageError)) throw error;
        this.output.write(`${error.message}\n`);
      }
    }
  }

  close(): void {
    this.terminal.close();
  }
}
