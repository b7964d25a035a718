import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../build/paths";

/** Marks a command that no test executes, for the reader too. */
const notExecuted = /\s+# not executed$/;

export interface RunbookCommand {
  /** The page, relative to docs/operations. */
  readonly page: string;
  readonly line: string;
  /** Its words after `npm run cli --`, or the whole line of another program. */
  readonly words: readonly string[];
  readonly isMarked: boolean;
}

const folder = join(root, "docs", "operations");
export const runbookPages = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .sort();

/** The commands of the `sh` blocks of a page, in their order. */
export const commandsOf = (page: string): RunbookCommand[] =>
  [...readFileSync(join(folder, page), "utf8").matchAll(/^ *```sh\n(.*?)^ *```/gms)]
    .flatMap(([, block = ""]) => block.split("\n"))
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => {
      const isMarked = notExecuted.test(line);
      const command = line.replace(/\s+# .*$/, "");
      return { page, line: command, isMarked, words: wordsOf(command.replace(/^npm run cli -- /, "")) };
    });

/** Splits a command line at spaces that are not in quotes. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|<[^>]*>|\S+/g)].map(
    ([word, double, single]) => double ?? single ?? word,
  );

export const isCommandLine = ({ line }: RunbookCommand): boolean => line.startsWith("npm run cli -- ");
