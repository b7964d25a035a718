import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { run, type CommandResult } from "../../packages/local-cloud/src/command";
import { root } from "../build/paths";

interface RunCliOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** The repository, or a copy of it. */
  readonly folder?: string;
  /** Standard input. */
  readonly input?: string;
}

/** As `npm run cli` loads it: the program `tsx` would start one more process. */
const tsx = pathToFileURL(require.resolve("tsx")).href;

/** Runs a command line of `npm run cli --` in a process of its own. */
export const runCli = (
  commandLine: readonly string[],
  { env = process.env, folder = root, input }: RunCliOptions = {},
): Promise<CommandResult> =>
  run(
    process.execPath,
    ["--import", tsx, join(folder, "scripts", "cli.ts"), ...commandLine],
    env,
    folder,
    input,
  );
