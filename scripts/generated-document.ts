import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./build/paths";

/**
 * Writes a page that is made by a command, or, with `--check`, sees that it is what would be written.
 * @param path `docs/capacity.md`
 * @throws {Error} when it is not
 */
export function writeOrCheck(path: string, text: string, command: string): void {
  if (!process.argv.includes("--check")) {
    writeFileSync(join(root, path), text);
    console.log(`Wrote ${path}.`);
  } else if (readFileSync(join(root, path), "utf8") !== text) {
    throw new Error(`${path} is not what its sources say.\nRun: ${command}`);
  }
}
