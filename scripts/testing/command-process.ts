import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join, relative } from "node:path";
import { format } from "node:util";
import type { CommandResult } from "../../packages/local-cloud/src/command";
import { root } from "../build/paths";
import { reportFailure } from "../core/process";
import { commands } from "../core/program";

interface CommandLine {
  readonly env: NodeJS.ProcessEnv;
  readonly name: string;
  readonly parameters: readonly string[];
}

/** Runs commands as cli.ts does in one process, since each start of a process takes a second. */
export class CommandProcess {
  private readonly child: ChildProcess;

  /** @param folder the repository, or a copy of it */
  constructor(folder = root) {
    const file = join(folder, relative(root, __filename));
    this.child = fork(file, { execArgv: ["--import", "tsx"], stdio: "ignore", cwd: folder });
  }

  async run(env: NodeJS.ProcessEnv, name: string, ...parameters: string[]): Promise<CommandResult> {
    this.child.send({ env, name, parameters } satisfies CommandLine);
    const [result] = (await once(this.child, "message")) as [CommandResult];
    return result;
  }

  end(): void {
    this.child.disconnect();
  }
}

async function runCommand({ env, name, parameters }: CommandLine): Promise<CommandResult> {
  const output = { stdout: "", stderr: "" };
  console.log = (...values: unknown[]) => void (output.stdout += `${format(...values)}\n`);
  console.error = (...values: unknown[]) => void (output.stderr += `${format(...values)}\n`);
  process.env = { ...env };
  try {
    await commands.load(name).run(parameters);
    return { exitCode: 0, ...output };
  } catch (error) {
    const exitCode = reportFailure(error, `npm run cli -- ${name} --help`);
    return { exitCode, ...output };
  }
}

if (require.main === module)
  process.on("message", (commandLine: CommandLine) => {
    void runCommand(commandLine).then((result) => process.send?.(result));
  });
