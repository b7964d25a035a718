import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { userError } from "../../command-line/src/errors";

/**
 * Runs a program of node_modules/.bin, and passes its output through.
 * @param what names the run in the error
 * @throws {CommandError} when it fails
 */
export function runTool(folder: string, what: string, program: string, parameters: readonly string[]): void {
  const { status } = spawnSync(join(folder, "node_modules", ".bin", program), parameters, {
    cwd: folder,
    stdio: "inherit",
  });
  if (status !== 0) throw userError(`${what} failed.`, "no problem", `fix what ${program} reports above`);
}
