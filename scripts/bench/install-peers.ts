import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { peersNotInstalled } from "./errors";
import { benchFolder } from "./paths";

const marker = join(benchFolder, "node_modules", ".installed");

/**
 * Installs what bench/package-lock.json says, unless that is there.
 * @throws {LocalCloudError}
 */
export async function installPeers(report: (line: string) => void): Promise<void> {
  const lock = createHash("sha256")
    .update(readFileSync(join(benchFolder, "package-lock.json")))
    .digest("hex");
  if (existsSync(marker) && readFileSync(marker, "utf8") === lock) return;
  report("installing the peers in bench/ (about ten seconds)");
  const child = spawn("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], {
    cwd: benchFolder,
    stdio: ["ignore", "inherit", "pipe"],
  });
  const [errors] = await Promise.all([text(child.stderr), once(child, "close")]);
  if (child.exitCode !== 0) throw peersNotInstalled(errors);
  writeFileSync(marker, lock);
}
