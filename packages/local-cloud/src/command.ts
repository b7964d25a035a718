import { execFile, type ChildProcess } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export interface CommandResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const largestOutputBytes = 16 * 1024 * 1024;

/**
 * Runs a program and waits for its end. Never rejects: a failure is an exit code.
 * @param input standard input
 * @param signal kills it
 * @param started receives the process
 */
export const run = (
  program: string,
  parameters: readonly string[],
  env: NodeJS.ProcessEnv,
  cwd?: string,
  input?: string,
  signal?: AbortSignal,
  started?: (child: ChildProcess) => void,
): Promise<CommandResult> =>
  new Promise((resolve) => {
    const child = execFile(
      program,
      parameters,
      { env, cwd, signal, maxBuffer: largestOutputBytes },
      (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : typeof error.code === "number" ? error.code : null;
        resolve({ exitCode, stdout, stderr: stderr === "" && error !== null ? error.message : stderr });
      },
    );
    if (input !== undefined) child.stdin?.end(input);
    started?.(child);
  });

/** The path of a program on PATH. */
export const findOnPath = (program: string, path?: string): string | undefined => allOnPath(program, path)[0];

/** The paths of all programs of a name on PATH, in its order. */
export const allOnPath = (program: string, path = process.env.PATH ?? ""): string[] =>
  path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, program))
    .filter(isExecutable);

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
