import { run, type CommandResult } from "../../packages/local-cloud/src/command";
import { root } from "../../scripts/build/paths";
import { runCli } from "../../scripts/testing/run-cli";
import { join } from "node:path";

/** Path of a program of an installed package. */
export const bin = (name: string) => join(root, "node_modules", ".bin", name);

/** Runs `cdktf …`. */
export const cdktf = (env: NodeJS.ProcessEnv, ...parameters: string[]): Promise<CommandResult> =>
  run(bin("cdktf"), parameters, env);

/** Runs `cdktf …` in a copy of the repository. */
export const cdktfIn = (
  folder: string,
  env: NodeJS.ProcessEnv,
  ...parameters: string[]
): Promise<CommandResult> => run(bin("cdktf"), parameters, env, folder);

/** Runs a command of scripts/commands. */
export const script = (
  env: NodeJS.ProcessEnv,
  command: string,
  ...parameters: string[]
): Promise<CommandResult> => scriptIn(root, env, command, ...parameters);

/** Runs a command of a copy of the repository. */
export const scriptIn = (
  folder: string,
  env: NodeJS.ProcessEnv,
  command: string,
  ...parameters: string[]
): Promise<CommandResult> => runCli([command, ...parameters], { env, folder });

/** @throws {Error} with the output of a command that failed */
export function expectSuccess({ exitCode, stdout, stderr }: CommandResult): void {
  if (exitCode !== 0) throw new Error(`exit ${exitCode}\n${stdout}\n${stderr}`);
}
