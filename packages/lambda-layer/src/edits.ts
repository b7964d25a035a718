import { readFileSync } from "node:fs";
import { join } from "node:path";
import { editChangesNothing, editIsOutdated, editVersion } from "./errors";

/** A change of a package's source that makes code lazy where `deferRequires` cannot. */
export interface Edit {
  /** Path of the file below `node_modules`: `mime-types/index.js`. */
  readonly file: string;
  /** The package version that the edit was reviewed with. The build fails for another version. */
  readonly version: string;
  readonly reason: string;
  /** Name of the test that shows equal behaviour. */
  readonly test: string;
  /**
   * @param text content of the file
   * @param read reads another file of `node_modules`, by its path
   * @throws {BuildError} when the content is not as expected: see `replaced`
   */
  readonly change: (text: string, read: (file: string) => string) => string;
}

/**
 * Replaces substrings of a source.
 * @throws {BuildError} when one does not occur
 */
export const replaced = (text: string, parts: Readonly<Record<string, string>>): string =>
  Object.entries(parts).reduce((edited, [from, to]) => {
    if (!edited.includes(from)) throw editIsOutdated(from);
    return edited.replaceAll(from, () => to);
  }, text);

/** Applies edits to files, and records which were applied. */
export class Edits {
  private readonly byFile: ReadonlyMap<string, Edit>;
  private readonly applied = new Set<Edit>();

  /** @param folder whose `node_modules` has the files */
  constructor(
    private readonly folder: string,
    private readonly edits: readonly Edit[],
  ) {
    this.byFile = new Map(edits.map((edit) => [edit.file, edit]));
  }

  /**
   * Reads a file, and applies its edit if there is one.
   * @param file its path below `node_modules`
   * @throws {BuildError} when the edit was reviewed with another version of the package, or does not change the file
   */
  read(file: string): string {
    const text = this.readFile(file);
    const edit = this.byFile.get(file);
    if (edit === undefined) return text;
    const { version } = JSON.parse(this.readFile(`${packageFolder(file)}/package.json`)) as {
      version: string;
    };
    if (version !== edit.version) throw editVersion(file, edit.version, version);
    this.applied.add(edit);
    const changed = edit.change(text, (other) => this.readFile(other));
    if (changed === text) throw editChangesNothing(file);
    return changed;
  }

  has(file: string): boolean {
    return this.byFile.has(file);
  }

  /** Files of edits that were not applied. */
  get unused(): string[] {
    return this.edits.filter((edit) => !this.applied.has(edit)).map(({ file }) => file);
  }

  private readonly readFile = (file: string) => readFileSync(join(this.folder, "node_modules", file), "utf8");
}

/** The folder of the innermost package: `a/node_modules/@b/c` of `a/node_modules/@b/c/lib/d.js`. */
const packageFolder = (file: string): string =>
  /^(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? file;
