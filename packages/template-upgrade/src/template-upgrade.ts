import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { userError } from "../../command-line/src/errors";
import { adaptedTree, type Adapt } from "./adapted-tree";
import { uncommittedChanges } from "../../npm-workspaces/src/repository";

const record = z.object({ name: z.string().min(1), version: z.string().regex(/^\d+\.\d+\.\d+$/) });

/** The file that records from which version of a template a repository was created. */
export const templateFile = "template.json";

const notRecorded = (path: string, cause?: unknown) =>
  userError(
    `${path} is missing or invalid.`,
    'the version of the template: { "name": "…", "version": "1.2.3" }',
    "restore the file from the first commit",
    cause,
  );

const gitFailed = (parameters: readonly string[], cause: unknown) =>
  userError(
    `git ${parameters[0] ?? ""} failed: ${cause instanceof Error ? cause.message.trim() : String(cause)}`,
    "a repository that git can read, with a tag v<version> for each version, and git 2.38 or later",
    "run git ls-remote --tags with the template's URL",
    cause,
  );

const noVersion = (repository: string, wanted: string, versions: readonly string[]) =>
  userError(
    `${repository} has no version ${wanted}.`,
    versions.length === 0 ? "a tag v<version>; it has none" : `one of ${versions.join(", ")}`,
    "select one of them",
  );

const uncommitted = (paths: readonly string[]) =>
  userError(
    `There are changes that are not committed: ${paths.join(", ")}.`,
    "a clean work tree, so that git can undo the upgrade",
    "commit or stash them",
  );

/**
 * Reads the version of the template that a repository was created from.
 * @throws {CommandError} when it is not recorded
 */
export function templateVersion(folder: string): string {
  const path = join(folder, templateFile);
  if (!existsSync(path)) throw notRecorded(path);
  try {
    return record.parse(JSON.parse(readFileSync(path, "utf8"))).version;
  } catch (error) {
    throw notRecorded(path, error);
  }
}

const identity = ["-c", "user.name=template-upgrade", "-c", "user.email=template-upgrade@localhost"];
const refs = "refs/template-upgrade";

/** Compares versions `1.10.0` by number. */
const byVersion = (one: string, other: string) => one.localeCompare(other, "en", { numeric: true });

/** The merge of a template's later version into a repository. */
export class TemplateUpgrade {
  readonly from: string;
  readonly to: string;
  /** Paths that the merge changes, relative to the repository. */
  readonly changed: readonly string[];
  /** Paths in which the repository and the template have changed the same lines. */
  readonly conflicts: readonly string[];
  private readonly tree: string;

  /**
   * Fetches both versions and merges them, in git's object store only.
   * @param repository URL or path of the template
   * @param to the new version; the latest unless given
   * @param adapt changes both versions as the repository has changed all of its files, so that these changes, which are in
   *   most files, do not conflict with the template's
   * @throws {CommandError} when a version does not exist, or the repository cannot be read
   */
  constructor(
    private readonly folder: string,
    repository: string,
    { to, adapt }: { readonly to?: string; readonly adapt?: Adapt } = {},
  ) {
    this.from = templateVersion(folder);
    const versions = this.versionsOf(repository);
    this.to = to ?? versions.at(-1) ?? this.from;
    for (const version of [this.from, this.to])
      if (!versions.includes(version)) throw noVersion(repository, version, versions);
    const fetched = [this.from, this.to].map((version) => `+refs/tags/v${version}:${refs}/v${version}`);
    this.git("fetch", "--quiet", "--no-tags", repository, ...new Set(fetched));
    try {
      ({ tree: this.tree, conflicts: this.conflicts } = this.merge(adapt));
    } finally {
      for (const version of new Set([this.from, this.to]))
        this.git("update-ref", "-d", `${refs}/v${version}`);
    }
    this.changed = this.git("diff", "--name-only", "-z", "HEAD", this.tree).split("\0").filter(Boolean);
  }

  /**
   * Writes the merged files to the work tree and to the index. Files with conflicts have git's markers and are not staged.
   * @throws {CommandError} when there are changes that are not committed
   */
  apply(): void {
    const changes = uncommittedChanges(this.folder);
    if (changes.length > 0) throw uncommitted(changes.map((line) => line.slice(3)));
    this.git("read-tree", "-m", "-u", "HEAD", this.tree);
    if (this.conflicts.length > 0) this.git("reset", "--quiet", "--", ...this.conflicts);
  }

  /** The template's versions, the oldest first. */
  private versionsOf(repository: string): string[] {
    const tags = this.git("ls-remote", "--tags", "--refs", repository, "v*");
    return [...tags.matchAll(/refs\/tags\/v(\d+\.\d+\.\d+)$/gm)]
      .map(([, version = ""]) => version)
      .sort(byVersion);
  }

  private merge(adapt: Adapt | undefined) {
    const treeOf = (revision: string) =>
      adapt === undefined ? `${revision}^{tree}` : adaptedTree(this.folder, revision, adapt);
    const commit = (tree: string, ...parents: string[]) =>
      this.git(
        ...identity,
        "commit-tree",
        tree,
        ...parents.flatMap((each) => ["-p", each]),
        "-m",
        "upgrade",
      ).trim();
    // Commits with the base as their parent, since the histories are unrelated.
    const base = commit(treeOf(`${refs}/v${this.from}`));
    const ours = commit("HEAD^{tree}", base);
    const theirs = commit(treeOf(`${refs}/v${this.to}`), base);
    const output = this.git("merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", ours, theirs);
    const [tree = "", ...conflicts] = output.split("\0").filter(Boolean);
    return { tree, conflicts };
  }

  private git(...parameters: string[]): string {
    try {
      return execFileSync("git", ["-C", this.folder, ...parameters], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
        maxBuffer: 64 * 1024 * 1024,
      });
    } catch (error) {
      // merge-tree ends with 1 when there are conflicts.
      const failed = z.object({ status: z.literal(1), stdout: z.string().min(1) }).safeParse(error);
      if (parameters[0] === "merge-tree" && failed.success) return failed.data.stdout;
      throw gitFailed(parameters, error);
    }
  }
}
