import { run, type CommandResult } from "../../packages/local-cloud/src/command";
import { root } from "../../scripts/build/paths";
import { join } from "node:path";

/** A program of the repository's packages. */
export const bin = (name: string) => join(root, "node_modules", ".bin", name);

/** `cdktf …`, as a person would type it. */
export const cdktf = (env: NodeJS.ProcessEnv, ...parameters: string[]): Promise<CommandResult> =>
  run(bin("cdktf"), parameters, env);

/** `cdktf …` in a copy of the repository. */
export const cdktfIn = (
  folder: string,
  env: NodeJS.ProcessEnv,
  ...parameters: string[]
): Promise<CommandResult> => run(bin("cdktf"), parameters, env, folder);

/** A command of scripts/commands, as npm would run it. */
export const script = (
  env: NodeJS.ProcessEnv,
  command: string,
  ...parameters: string[]
): Promise<CommandResult> => scriptIn(root, env, command, ...parameters);

/** A command of a copy of the repository. */
export const scriptIn = (
  folder: string,
  env: NodeJS.ProcessEnv,
  command: string,
  ...parameters: string[]
): Promise<CommandResult> =>
  run(bin("tsx"), [join(folder, "scripts", "cli.ts"), command, ...parameters], env, folder);

/** Fails the test with everything that was said. */
export function expectSuccess({ exitCode, stdout, stderr }: CommandResult): void {
  if (exitCode !== 0) throw new Error(`exit ${exitCode}\n${stdout}\n${stderr}`);
}
