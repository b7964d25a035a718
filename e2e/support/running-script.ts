import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { root } from "../../scripts/build/paths";
import { eventually } from "./eventually";

/** A command of scripts/commands while it runs, as in a terminal of its own. */
export class RunningScript {
  /** What it has printed to standard output. */
  standardOutput = "";
  private output = "";
  private readonly child;
  private readonly closed;

  constructor(env: NodeJS.ProcessEnv, command: string, ...parameters: string[]) {
    this.child = spawn(
      process.execPath,
      // As npm runs it: the tsx command would be a process in between, which kills a script that is slow to hear.
      ["--import", "tsx", join(root, "scripts", "cli.ts"), command, ...parameters],
      {
        cwd: root,
        env,
        stdio: ["ignore", "pipe", "pipe"],
        // A process group, as a terminal makes one: Ctrl-C goes to all of it.
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

  /** Waits until it has printed something. */
  async prints(pattern: RegExp, seconds: number): Promise<RegExpExecArray> {
    return eventually(`the script to print ${String(pattern)}`, seconds, () => {
      const found = pattern.exec(this.output);
      if (found === null && this.child.exitCode !== null) throw new Error(`It ended:\n${this.output}`);
      return Promise.resolve(found ?? undefined);
    });
  }

  /** Sends a signal to all of its group. */
  signal(name: NodeJS.Signals): void {
    if (this.child.pid !== undefined && this.child.exitCode === null) process.kill(-this.child.pid, name);
  }

  /** Resolves when it has ended by itself. */
  async ended(): Promise<{ readonly exitCode: number | null; readonly output: string }> {
    await this.closed;
    return { exitCode: this.child.exitCode, output: this.output };
  }

  /** Ctrl-C; resolves with everything it has printed when it has ended. */
  async interrupt(): Promise<string> {
    this.signal("SIGINT");
    return (await this.ended()).output;
  }
}
