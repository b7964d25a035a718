import { existsSync } from "node:fs";
import { join } from "node:path";
import { inherited } from "./child-environment";
import { findOnPath, run } from "./command";
import type { LocalPaths } from "./local-paths";
import { installedPythonTool, type PythonTool } from "./python-tool";

/** The only supported version. */
export const ministackVersion = "1.5.33";
const image = `ministackorg/ministack:${ministackVersion}`;
export const pythonTool: PythonTool = {
  name: "MiniStack",
  version: ministackVersion,
  program: "ministack",
  requirements: join(__dirname, "ministack-requirements.txt"),
};

/** The emulator's program. */
export type EmulatorProgram =
  | { readonly kind: "process"; readonly path: string }
  | { readonly kind: "docker"; readonly path: string; readonly image: string };

/**
 * MiniStack from PATH if it has the pinned version, else from a separate Python environment, else as a container.
 * @param report called before slow steps
 * @throws {LocalCloudError} when none is available
 */
export async function findEmulator(
  paths: LocalPaths,
  report: (line: string) => void,
  from: NodeJS.ProcessEnv = process.env,
  signal?: AbortSignal,
): Promise<EmulatorProgram> {
  const onPath = findOnPath("ministack", from.PATH);
  if (onPath !== undefined && (await isPinned(onPath, from))) return { kind: "process", path: onPath };
  try {
    return { kind: "process", path: await installedPythonTool(pythonTool, paths, report, from, signal) };
  } catch (error) {
    signal?.throwIfAborted();
    const docker = findOnPath("docker", from.PATH);
    if (docker !== undefined && (await run(docker, ["info"], inherited(from))).exitCode === 0) {
      return { kind: "docker", path: docker, image };
    }
    throw error;
  }
}

/** A `ministack` on PATH is in the folder of the Python that it was installed for. */
async function isPinned(path: string, from: NodeJS.ProcessEnv): Promise<boolean> {
  const python = join(path, "..", "python3");
  const program = "from importlib.metadata import version; print(version('ministack'))";
  return (
    existsSync(python) &&
    (await run(python, ["-c", program], inherited(from))).stdout.trim() === ministackVersion
  );
}
