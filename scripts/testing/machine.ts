import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { root } from "../build/paths";
import { localHome, type Home } from "../../packages/local-cloud/src/home";
import { pythonTool } from "../../packages/local-cloud/src/ministack";
import { pythonToolFolder } from "../../packages/local-cloud/src/python-tool";

const recentTerraform = `echo '{"terraform_version":"1.11.4"}'`;

/** A machine of which only certain programs are on PATH, for `npm start` to run on. */
export class Machine {
  readonly folder = mkdtempSync(join(tmpdir(), "machine-"));
  private readonly bin = join(this.folder, "bin");

  constructor(private readonly releasesUrl = "http://127.0.0.1:9") {
    mkdirSync(this.bin);
    symlinkSync(process.execPath, join(this.bin, "node"));
  }

  get home(): Home {
    return localHome({ LOCAL_CLOUD_HOME: join(this.folder, "home") });
  }

  /** Makes a shell script a program. */
  install(program: string, script: string): void {
    writeScript(join(this.bin, program), script);
  }

  installTerraform(): void {
    this.install("terraform", recentTerraform);
  }

  /** The emulator, as if it had been installed before. */
  installEmulator(script: string): void {
    const folder = pythonToolFolder(pythonTool, { tools: join(this.folder, "tools") });
    const path = join(folder, "bin", "ministack");
    mkdirSync(dirname(path), { recursive: true });
    writeScript(path, script);
    writeFileSync(join(folder, "complete"), "");
  }

  /** `npm start` with these parameters. */
  start(...parameters: string[]): Started {
    const child = spawn(
      process.execPath,
      ["--import", "tsx", join(root, "scripts/cli.ts"), "start", ...parameters],
      {
        cwd: root,
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          // sh and env, for scripts; neither Python nor Terraform is there.
          PATH: [this.bin, join(this.folder, "system")].join(delimiter),
          LOCAL_CLOUD_HOME: this.home.folder,
          LOCAL_CLOUD_TOOLS: join(this.folder, "tools"),
          LOCAL_CLOUD_RELEASES_URL: this.releasesUrl,
        },
      },
    );
    return new Started(child);
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** An `npm start` that may still run. */
export class Started {
  stdout = "";
  stderr = "";
  private readonly closed;

  constructor(readonly child: ChildProcessByStdio<null, Readable, Readable>) {
    child.stdout.setEncoding("utf8").on("data", (text: string) => (this.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (this.stderr += text));
    this.closed = once(child, "close");
  }

  /** Resolves with its exit code when it has ended. */
  async ended(): Promise<number | null> {
    await this.closed;
    return this.child.exitCode;
  }
}

function writeScript(path: string, script: string): void {
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}
