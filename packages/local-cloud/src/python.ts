import { inherited } from "./child-environment";
import { findOnPath, run } from "./command";
import { noPython } from "./errors";

const oldest = [3, 10] as const;

/**
 * A Python that the emulator can run on.
 * @returns its path
 * @throws {LocalCloudError}
 */
export async function findPython(from: NodeJS.ProcessEnv = process.env): Promise<string> {
  const found: string[] = [];
  for (const name of ["python3", "python"]) {
    const path = findOnPath(name, from.PATH);
    if (path === undefined) continue;
    const { stdout } = await run(
      path,
      ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
      inherited(from),
    );
    const [major = 0, minor = 0] = stdout.trim().split(".").map(Number);
    if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return path;
    found.push(`${path} is ${stdout.trim()}`);
  }
  throw noPython(found.length > 0 ? found.join(", ") : "there is none on PATH");
}
