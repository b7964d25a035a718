import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Text files by path. */
type Contents = ReadonlyMap<string, string>;

/** The changes that a repository has made to all files of a version at once, such as other names: the files that change. */
export type Adapt = (contents: Contents) => Contents;

interface Entry {
  readonly mode: string;
  readonly blob: string;
}

/**
 * Writes the tree of a revision with changed files to git's object store.
 * @returns the id of the tree
 */
export function adaptedTree(repository: string, revision: string, adapt: Adapt): string {
  const folder = mkdtempSync(join(tmpdir(), "index-"));
  const git = (parameters: readonly string[], input: string | Buffer = ""): Buffer =>
    execFileSync("git", ["-C", repository, ...parameters], {
      input,
      stdio: ["pipe", "pipe", "pipe"],
      maxBuffer: 256 * 1024 * 1024,
      // The repository's own index stays as it is.
      env: { ...process.env, GIT_INDEX_FILE: join(folder, "index") },
    });
  try {
    const entries = entriesOf(git(["ls-tree", "-r", "-z", revision]).toString());
    const blobs = [...entries.values()].map(({ blob }) => `${blob}\n`).join("");
    const texts = textsOf(git(["cat-file", "--batch"], blobs), [...entries.keys()]);
    git(["read-tree", revision]);
    const changed = [...adapt(texts)].map(([path, text]) => {
      const blob = git(["hash-object", "-w", "--stdin"], text).toString().trim();
      return `${entries.get(path)?.mode ?? "100644"} ${blob}\t${path}\n`;
    });
    git(["update-index", "--index-info"], changed.join(""));
    return git(["write-tree"]).toString().trim();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The files of `git ls-tree -r -z`: `<mode> blob <id>\t<path>`. */
function entriesOf(listing: string): Map<string, Entry> {
  const entries = [...listing.matchAll(/(\d+) blob (\w+)\t([^\0]+)\0/g)];
  return new Map(entries.map(([, mode = "", blob = "", path = ""]) => [path, { mode, blob }]));
}

/** The files without a NUL, of `git cat-file --batch`: `<id> blob <bytes>\n<content>\n` for each path. */
function textsOf(output: Buffer, paths: readonly string[]): Contents {
  const texts = new Map<string, string>();
  let at = 0;
  for (const path of paths) {
    const start = output.indexOf("\n", at) + 1;
    const bytes = Number(output.toString("utf8", at, start).split(" ")[2]);
    const content = output.subarray(start, start + bytes);
    if (!content.includes(0)) texts.set(path, content.toString("utf8"));
    at = start + bytes + 1;
  }
  return texts;
}
