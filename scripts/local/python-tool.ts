import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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
 * A program in a Python environment of its own; made again when an earlier installation did not come to its end.
 * @returns the program's path
 * @throws {LocalCloudError}
 */
export async function installedPythonTool(
  tool: PythonTool,
  home: Home,
  report: (line: string) => void,
  from: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const { name, version, program, requirements } = tool;
  const folder = pythonToolFolder(tool, home);
  const path = join(folder, "bin", program);
  const complete = join(folder, "complete");
  if (existsSync(complete)) return path;

  const python = await findPython(from);
  report(`installing ${name} ${version} from PyPI`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(home.tools, { recursive: true });
  const venv = await run(python, ["-m", "venv", folder], inherited(from));
  if (venv.exitCode !== 0)
    throw noPython(`${python} cannot make a virtual environment (${lastLine(venv.stderr)})`);
  // Where packages come from is pip's to say (its configuration, or PIP_* variables); what they are, the hashes do.
  const options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "-r", requirements];
  const pip = await run(join(folder, "bin", "python"), ["-m", "pip", "install", ...options], {
    ...inherited(from),
    ...pipSettings(from),
  });
  if (pip.exitCode !== 0) throw pythonToolNotInstalled(name, lastLine(pip.stderr));
  writeFileSync(complete, "");
  return path;
}

const pipSettings = (from: NodeJS.ProcessEnv) =>
  Object.fromEntries(Object.entries(from).filter(([name]) => name.startsWith("PIP_")));

const lastLine = (text: string) => text.trim().split("\n").at(-1) ?? "";
