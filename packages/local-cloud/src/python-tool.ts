import { createHash } from "node:crypto";
import {
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
import type { Home } from "./home";
import { findPython } from "./python";

/** A program from PyPI, pinned with the hashes of everything it needs. */
export interface PythonTool {
  readonly name: string;
  readonly version: string;
  /** Name of the program. */
  readonly program: string;
  /** Path of its requirements file. */
  readonly requirements: string;
}

/** Where a program's Python environment is; other requirements are another environment. */
export function pythonToolFolder(
  { name, version, requirements }: PythonTool,
  { tools }: Pick<Home, "tools">,
): string {
  const pins = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 8);
  return join(tools, `${name.toLowerCase()}-${version}-${pins}`);
}

/**
 * A program in a Python environment of its own; installed again when an earlier installation did not finish.
 * Processes that need it at the same time each make one, of which the first that is complete is taken by all.
 * @param signal ends the installation, which leaves nothing then
 * @returns the program's path
 * @throws {LocalCloudError}
 */
export async function installedPythonTool(
  tool: PythonTool,
  home: Pick<Home, "tools">,
  report: (line: string) => void,
  from: NodeJS.ProcessEnv = process.env,
  signal?: AbortSignal,
): Promise<string> {
  const folder = pythonToolFolder(tool, home);
  const path = join(folder, "bin", tool.program);
  if (isComplete(folder)) return path;

  mkdirSync(home.tools, { recursive: true });
  // An environment knows its own path, so it cannot be moved: a link names it.
  const own = mkdtempSync(`${folder}.`);
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

/** In every environment that came to its end. */
const completeFile = "complete";
const isComplete = (folder: string) => existsSync(join(folder, completeFile));

/** Makes the environment in a folder. */
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
    throw noPython(`${python} cannot make a virtual environment (${lastLine(venv.stderr)})`);
  // Where packages come from is pip's to say (its configuration, or PIP_* variables); what they are, the hashes do.
  const options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "-r", requirements];
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

/** Has a link name the environment, unless another process has been faster: then this one is not needed. */
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
