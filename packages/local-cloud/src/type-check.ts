import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { ProblemPrinter } from "./problem-printer";
import { project } from "./project";

const diagnostic = /^(\S.*)\((\d+),(\d+)\): error TS\d+: (.*)$/;
const endOfCheck = /Found (\d+) errors?\. Watching for file changes\./;

/** Reads the output of `tsc --watch`. */
export class TypeErrors {
  private found: string[] = [];

  /** @returns the errors at the end of a check, empty if there are none; undefined before */
  read(line: string): string | undefined {
    const [, file, row, column, message] = diagnostic.exec(line) ?? [];
    if (file !== undefined) this.found.push(`  ${file}:${row ?? ""}:${column ?? ""}  ${message ?? ""}`);
    else if (/^\s+\S/.test(line) && this.found.length > 0) this.found.push(`    ${line.trim()}`);
    const [, count] = endOfCheck.exec(line) ?? [];
    if (count === undefined) return undefined;
    const errors = this.found.join("\n");
    this.found = [];
    return errors === "" ? "" : `Type errors: ${count}\n${errors}`;
  }
}

export interface TypeCheckOptions {
  /** Folder of the sources, relative to the project. */
  readonly sources: string;
  /** The files of the check itself: its configuration, and what the next one reuses. */
  readonly folder: string;
  readonly report: (text: string) => void;
}

/** Checks the types of sources in a process of its own whenever one is saved, until the signal is aborted. */
export async function checkTypes(
  { sources, folder, report }: TypeCheckOptions,
  signal: AbortSignal,
): Promise<void> {
  const config = join(folder, "tsconfig.json");
  mkdirSync(dirname(config), { recursive: true });
  const content = {
    extends: join(project, "tsconfig.base.json"),
    compilerOptions: {
      typeRoots: [join(project, "node_modules", "@types")],
      incremental: true,
      tsBuildInfoFile: "tsbuildinfo",
    },
    include: [join(project, sources)],
    // Relative patterns would start at the folder of this configuration.
    exclude: ["*.test.ts", "testing/**", "node_modules/**"].map((tests) =>
      join(project, sources, "**", tests),
    ),
  };
  writeFileSync(config, JSON.stringify(content));
  const compiler = require.resolve("typescript/lib/tsc.js");
  const parameters = [
    "--watch",
    "--noEmit",
    "--preserveWatchOutput",
    "--pretty",
    "false",
    "--project",
    config,
  ];
  const child = spawn(process.execPath, [compiler, ...parameters], {
    cwd: project,
    stdio: ["ignore", "pipe", "ignore"],
    // Ctrl-C reaches this process, which ends the check.
    detached: true,
  });
  const errors = new TypeErrors();
  const printer = new ProblemPrinter(report, "Fixed: there are no type errors.");
  createInterface({ input: child.stdout }).on("line", (line) => {
    const found = errors.read(line);
    if (found !== undefined) printer.update(found);
  });
  const ended = once(child, "exit");
  signal.addEventListener("abort", () => child.kill(), { once: true });
  if (signal.aborted) child.kill();
  await ended;
  if (!signal.aborted) report(`The type check has ended: exit code ${child.exitCode ?? "unknown"}.`);
}
