import { execFileSync } from "node:child_process";
import { version } from "../../package.json";

/** The version in package.json. */
export const serviceVersion = version;

/** The deployed commit; `unknown` when the sources have no git history. */
export function commit(environment: NodeJS.ProcessEnv = process.env): string {
  if (environment.GITHUB_SHA) return environment.GITHUB_SHA;
  try {
    return execFileSync("git", ["rev-parse", "HEAD"], {
      cwd: __dirname,
      encoding: "utf8",
      stdio: "pipe",
    }).trim();
  } catch {
    return "unknown";
  }
}
