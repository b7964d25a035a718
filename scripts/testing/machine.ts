import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { root } from "../build/paths";
import { localPaths, type LocalPaths } from "../../packages/local-cloud/src/local-paths";
import { pythonTool } from "../../packages/local-cloud/src/ministack";
import { pythonToolFolder } from "../../packages/local-cloud/src/python-tool";

const recentTerraform = `echo '{"terraform_version":"1.11.4"}'`;

/** An environment for `npm start` with only certain programs on PATH. */
export class Machine {
  readonly folder = mkdtempSync(join(tmpdir(), "machine-"));
  private readonly bin = join(this.folder, "bin");

  constructor(private readonly releasesUrl = "http://127.0.0.1:9") {
    mkdirSync(this.bin);
    symlinkSync(process.execPath, join(this.bin, "node"));
  }

  get paths(): LocalPaths {
    return localPaths({ LOCAL_CLOUD_HOME: join(this.folder, "home") });
  }

  /** Adds a shell script to PATH. */
  install(program: string, script: string): void {
    writeScript(join(this.bin, program), script);
  }

  installTerraform(): void {
    this.install("terraform", recentTerraform);
  }

  /** Writes the emulator's program as an earlier installation would have. */
  installEmulator(script: string): void {
    const folder = pythonToolFolder(pythonTool, { tools: join(this.folder, "tools") });
    const path = join(folder, "bin", "ministack");
    mkdirSync(dirname(path), { recursive: true });
    writeScript(path, script);
    writeFileSync(join(folder, "complete"), "");
  }

  /** Starts `npm start` with parameters. */
  start(...parameters: string[]): Started {
    const child = spawn(
      process.execPath,
      ["--import", "tsx", join(root, "scripts/cli.ts"), "start", ...parameters],
      {
        cwd: root,
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          // For sh and env; without Python and Terraform.
          PATH: [this.bin, join(this.folder, "system")].join(delimiter),
          LOCAL_CLOUD_HOME: this.paths.folder,
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

/** A running `npm start`. */
export class Started {
  stdout = "";
  stderr = "";
  private readonly closed;

  constructor(readonly child: ChildProcessByStdio<null, Readable, Readable>) {
    child.stdout.setEncoding("utf8").on("data", (text: string) => (this.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (this.stderr += text));
    this.closed = once(child, "close");
  }

  /** Waits for the exit code. */
  async ended(): Promise<number | null> {
    await this.closed;
    return this.child.exitCode;
  }
}

function writeScript(path: string, script: string): void {
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}
