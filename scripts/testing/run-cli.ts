import { join } from "node:path";
import { run, type CommandResult } from "../../packages/local-cloud/src/command";
import { root } from "../build/paths";

interface RunCliOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** The repository, or a copy of it. */
  readonly folder?: string;
  /** Standard input. */
  readonly input?: string;
}

/** Runs a command line of `npm run cli --` in a process of its own. */
export const runCli = (
  commandLine: readonly string[],
  { env = process.env, folder = root, input }: RunCliOptions = {},
): Promise<CommandResult> =>
  run(
    join(root, "node_modules", ".bin", "tsx"),
    [join(folder, "scripts", "cli.ts"), ...commandLine],
    env,
    folder,
    input,
  );
