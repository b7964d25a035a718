import { run, type CommandResult } from "../../scripts/local/command";
import { root } from "../../scripts/build/paths";
import { join } from "node:path";

const bin = (name: string) => join(root, "node_modules", ".bin", name);

/** `cdktf …`, as a person would type it. */
export const cdktf = (env: NodeJS.ProcessEnv, ...parameters: string[]): Promise<CommandResult> =>
  run(bin("cdktf"), parameters, env);

/** One of the repository's scripts, as npm would run it. */
export const script = (
  env: NodeJS.ProcessEnv,
  path: string,
  ...parameters: string[]
): Promise<CommandResult> => run(bin("tsx"), [join(root, "scripts", path), ...parameters], env);

/** Fails the test with everything that was said. */
export function expectSuccess({ exitCode, stdout, stderr }: CommandResult): void {
  if (exitCode !== 0) throw new Error(`exit ${exitCode}\n${stdout}\n${stderr}`);
}
