import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { PackagesNotInstalledError } from "./errors";

/**
 * Installs the packages of a folder from its package-lock.json, unless that is installed already.
 * @param withScripts packages whose install scripts run
 * @throws {PackagesNotInstalledError}
 */
export async function npmCi(
  folder: string,
  withScripts: readonly string[],
  report: (line: string) => void,
): Promise<void> {
  const marker = join(folder, "node_modules", ".installed");
  const lock = createHash("sha256")
    .update(readFileSync(join(folder, "package-lock.json")))
    .digest("hex");
  if (existsSync(marker) && readFileSync(marker, "utf8") === lock) return;
  report(`installing the packages of ${folder}`);
  await npm(folder, ["ci", "--ignore-scripts"]);
  if (withScripts.length > 0) await npm(folder, ["rebuild", ...withScripts]);
  writeFileSync(marker, lock);
}

async function npm(folder: string, parameters: readonly string[]): Promise<void> {
  const child = spawn("npm", [...parameters, "--no-audit", "--no-fund"], {
    cwd: folder,
    stdio: ["ignore", "inherit", "pipe"],
  });
  const [errors] = await Promise.all([text(child.stderr), once(child, "close")]);
  if (child.exitCode !== 0) throw new PackagesNotInstalledError(folder, errors);
}
