import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { root } from "../../scripts/build/paths";
import { within } from "./eventually";

/** A running command of scripts/commands, in a process group of its own. */
export class RunningScript {
  /** What it has printed to standard output. */
  standardOutput = "";
  private output = "";
  private readonly child;
  private readonly closed;

  /** @param options `folder`: the repository, or a copy of it */
  constructor(
    { env, folder = root }: { readonly env: NodeJS.ProcessEnv; readonly folder?: string },
    command: string,
    ...parameters: string[]
  ) {
    this.child = spawn(
      process.execPath,
      // Not by the tsx command: it would be a parent process that kills the script when it is slow to handle a signal.
      ["--import", "tsx", join(folder, "scripts", "cli.ts"), command, ...parameters],
      {
        cwd: folder,
        env,
        stdio: ["ignore", "pipe", "pipe"],
        // A terminal sends SIGINT on Ctrl-C to a process group.
        detached: true,
      },
    );
    this.closed = once(this.child, "close");
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        this.output += text;
        if (stream === this.child.stdout) this.standardOutput += text;
      });
    }
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /**
   * Waits until the output matches.
   * @throws {Error} with the output when the script ends before, or does not print it in time
   */
  async prints(pattern: RegExp, seconds: number): Promise<RegExpExecArray> {
    const found = await within(seconds, () => {
      const match = pattern.exec(this.output);
      if (match === null && this.child.exitCode !== null)
        throw new Error(`Expected ${String(pattern)}, found the end of the script:\n${this.output}`);
      return Promise.resolve(match ?? undefined);
    });
    if (found === undefined)
      throw new Error(`Expected within ${seconds} s: ${String(pattern)}, found:\n${this.output}`);
    return found;
  }

  /** Sends a signal to the process group. */
  signal(name: NodeJS.Signals): void {
    if (this.child.pid !== undefined && this.child.exitCode === null) process.kill(-this.child.pid, name);
  }

  /** Waits for the end of the script. */
  async ended(): Promise<{ readonly exitCode: number | null; readonly output: string }> {
    await this.closed;
    return { exitCode: this.child.exitCode, output: this.output };
  }

  /**
   * Sends SIGINT, as Ctrl-C does, and waits for the end of the script.
   * @returns its output
   */
  async interrupt(): Promise<string> {
    this.signal("SIGINT");
    return (await this.ended()).output;
  }
}
