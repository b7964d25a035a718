import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inherited } from "./child-environment";
import { findOnPath, run } from "./command";
import { emulatorNotInstalled, noPython } from "./errors";
import type { Home } from "./home";
import { findPython } from "./python";

/** The emulator that everything here was tried on. */
export const ministackVersion = "1.5.33";
const image = `ministackorg/ministack:${ministackVersion}`;
const requirements = join(__dirname, "ministack-requirements.txt");

/** How to start the emulator. */
export type EmulatorProgram =
  | { readonly kind: "process"; readonly path: string }
  | { readonly kind: "docker"; readonly path: string; readonly image: string };

/**
 * MiniStack from PATH when it is the pinned version, else from a Python environment of our own, else as a container.
 * @param report told before anything that takes long
 * @throws {LocalCloudError} when there is no way to run it
 */
export async function findEmulator(
  home: Home,
  report: (line: string) => void,
  from: NodeJS.ProcessEnv = process.env,
): Promise<EmulatorProgram> {
  const onPath = findOnPath("ministack", from.PATH);
  if (onPath !== undefined && (await isPinned(onPath, from))) return { kind: "process", path: onPath };
  try {
    return { kind: "process", path: await installed(home, report, from) };
  } catch (error) {
    const docker = findOnPath("docker", from.PATH);
    if (docker !== undefined && (await run(docker, ["info"], inherited(from))).exitCode === 0) {
      return { kind: "docker", path: docker, image };
    }
    throw error;
  }
}

/** A `ministack` on PATH sits beside the Python that it was installed for. */
async function isPinned(path: string, from: NodeJS.ProcessEnv): Promise<boolean> {
  const python = join(path, "..", "python3");
  const ask = "from importlib.metadata import version; print(version('ministack'))";
  return (
    existsSync(python) && (await run(python, ["-c", ask], inherited(from))).stdout.trim() === ministackVersion
  );
}

/** Our own Python environment; made again when an earlier installation did not come to its end. */
async function installed(
  home: Home,
  report: (line: string) => void,
  from: NodeJS.ProcessEnv,
): Promise<string> {
  const folder = join(home.tools, `ministack-${ministackVersion}`);
  const program = join(folder, "bin", "ministack");
  const complete = join(folder, "complete");
  if (existsSync(complete)) return program;

  const python = await findPython(from);
  report(`installing MiniStack ${ministackVersion} from PyPI`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(home.tools, { recursive: true });
  const venv = await run(python, ["-m", "venv", folder], inherited(from));
  if (venv.exitCode !== 0)
    throw noPython(`${python} cannot make a virtual environment (${lastLine(venv.stderr)})`);
  // Where packages come from is pip's to say (its configuration, or PIP_* variables); what they are, the hashes do.
  const pip = await run(
    join(folder, "bin", "python"),
    [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--disable-pip-version-check",
      "--require-hashes",
      "-r",
      requirements,
    ],
    { ...inherited(from), ...pipSettings(from) },
  );
  if (pip.exitCode !== 0) throw emulatorNotInstalled(lastLine(pip.stderr));
  writeFileSync(complete, "");
  return program;
}

const pipSettings = (from: NodeJS.ProcessEnv) =>
  Object.fromEntries(Object.entries(from).filter(([name]) => name.startsWith("PIP_")));

const lastLine = (text: string) => text.trim().split("\n").at(-1) ?? "";
