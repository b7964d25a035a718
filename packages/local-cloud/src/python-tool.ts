import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { inherited } from "./child-environment";
import { run } from "./command";
import { noPython, pythonToolNotInstalled } from "./errors";
import type { LocalPaths } from "./local-paths";
import { findPython } from "./python";

/** A program from PyPI; its requirements are pinned by hash. */
export interface PythonTool {
  readonly name: string;
  readonly version: string;
  /** Name of the program. */
  readonly program: string;
  /** Path of its requirements file. */
  readonly requirements: string;
}

/** The folder of a program's Python environment, which depends on its requirements. */
export function pythonToolFolder(
  { name, version, requirements }: PythonTool,
  { tools }: Pick<LocalPaths, "tools">,
): string {
  const pins = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 8);
  return join(tools, `${name.toLowerCase()}-${version}-${pins}`);
}

/**
 * Installs a program in a separate Python environment, unless a complete one exists. Concurrent processes each create one;
 * all use the first that is complete.
 * @param signal aborts the installation, and removes it
 * @returns the program's path
 * @throws {LocalCloudError}
 */
export async function installedPythonTool(
  tool: PythonTool,
  paths: Pick<LocalPaths, "tools">,
  report: (line: string) => void,
  from: NodeJS.ProcessEnv = process.env,
  signal?: AbortSignal,
): Promise<string> {
  const folder = pythonToolFolder(tool, paths);
  const path = join(folder, "bin", tool.program);
  if (isComplete(folder)) return path;

  mkdirSync(paths.tools, { recursive: true });
  // An environment contains its own path, so it cannot be renamed: a link refers to it.
  const own = mkdtempSync(`${folder}.`);
  // A server that refuses to run as root runs as another user.
  chmodSync(own, 0o755);
  try {
    await install(tool, own, report, from, signal);
    writeFileSync(join(own, completeFile), "");
    link(own, folder);
  } catch (error) {
    rmSync(own, { recursive: true });
    throw error;
  }
  return path;
}

/** Exists in every complete environment. */
const completeFile = "complete";
const isComplete = (folder: string) => existsSync(join(folder, completeFile));

/** Creates the environment in a folder. */
async function install(
  { name, version, requirements }: PythonTool,
  folder: string,
  report: (line: string) => void,
  from: NodeJS.ProcessEnv,
  signal?: AbortSignal,
): Promise<void> {
  const python = await findPython(from);
  report(`installing ${name} ${version} from PyPI`);
  const venv = await run(python, ["-m", "venv", folder], inherited(from), undefined, undefined, signal);
  if (venv.exitCode !== 0)
    throw noPython(`${python} cannot create a virtual environment (${lastLine(venv.stderr)})`);
  // The user's pip configuration may select the index; hashes verify the packages.
  // A program compiles the modules that it imports at its first run.
  const packages = ["--require-hashes", "--no-compile", "-r", requirements];
  const options = ["--quiet", "--disable-pip-version-check", ...packages];
  const pip = await run(
    join(folder, "bin", "python"),
    ["-m", "pip", "install", ...options],
    { ...inherited(from), ...pipSettings(from) },
    undefined,
    undefined,
    signal,
  );
  if (pip.exitCode !== 0) throw pythonToolNotInstalled(name, lastLine(pip.stderr));
}

/** Links the environment, or removes it if another process was faster. */
function link(own: string, folder: string): void {
  if (!isComplete(folder)) rmSync(folder, { recursive: true, force: true });
  try {
    symlinkSync(basename(own), folder);
  } catch (error) {
    if (!isComplete(folder)) throw error;
    rmSync(own, { recursive: true });
  }
}

const pipSettings = (from: NodeJS.ProcessEnv) =>
  Object.fromEntries(Object.entries(from).filter(([name]) => name.startsWith("PIP_")));

const lastLine = (text: string) => text.trim().split("\n").at(-1) ?? "";
