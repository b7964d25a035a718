import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Text files by path, relative to the repository. */
export type Contents = ReadonlyMap<string, string>;

const git = (folder: string, ...parameters: string[]) =>
  execFileSync("git", ["-C", folder, ...parameters], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

/** The files that git tracks, or would add. */
export const repositoryFiles = (folder: string): string[] =>
  git(folder, "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    .split("\0")
    .filter((path) => path !== "" && existsSync(join(folder, path)));

/** The text files of a repository: those without a NUL. */
export function repositoryContents(folder: string): Contents {
  const files = repositoryFiles(folder).map((path) => [path, readFileSync(join(folder, path))] as const);
  return new Map(
    files.flatMap(([path, bytes]) => (bytes.includes(0) ? [] : [[path, bytes.toString("utf8")] as const])),
  );
}

/** The paths of changes that are not committed, as `git status --short` lists them. */
export const uncommittedChanges = (folder: string): string[] =>
  git(folder, "status", "--porcelain").split("\n").filter(Boolean);
