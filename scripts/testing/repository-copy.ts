import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { tfvarsPath } from "../../deploy/config/environments";
import type { Layer } from "../../deploy/shared/layers";
import { replaceOnce } from "../../deploy/testing/replace-once";
import { writeExampleEnvironments } from "../../deploy/testing/temporary-deploy";
import { withSetting } from "../../packages/hcl-edit/src/setting";
import { repositoryFiles } from "../../packages/npm-workspaces/src/repository";
import { linkWorkspaces, readManifest } from "../../packages/npm-workspaces/src/workspaces";
import { defaultBuildFolder, root } from "../build/paths";

/** What a build and a deployment read. */
const needed = [
  ...["cdktf.json", "package.json", "tsconfig.json", "tsconfig.base.json"],
  ...["bench", "client", "deploy", "e2e", "functions", "layers", "packages", "scripts"],
];

/** A copy of the repository that a test may change. */
export class RepositoryCopy {
  readonly folder = mkdtempSync(join(tmpdir(), "repository-"));

  /**
   * @param isBuilt whether to copy the zips of the last build, so that only changes are rebuilt
   * @param isComplete whether to copy all files, or only those that a build and a deployment read
   * @param hasExamples whether the copy has the example environments instead of the team's
   */
  constructor({ isBuilt = true, hasExamples = false, isComplete = false } = {}) {
    for (const name of isComplete ? repositoryFiles(root) : needed) this.copy(name);
    if (isBuilt && existsSync(defaultBuildFolder)) this.copy(relative(root, defaultBuildFolder));
    if (hasExamples) writeExampleEnvironments(join(this.folder, "deploy"));
    this.linkModules();
  }

  /**
   * Replaces the first match in a file.
   * @throws {Error} when there is no match
   */
  edit(path: string, from: string | RegExp, to: string): void {
    const file = join(this.folder, path);
    writeFileSync(file, replaceOnce(readFileSync(file, "utf8"), from, to, path));
  }

  /** Sets a value in the tfvars of an environment; see `withSetting`. */
  setSetting(layer: Layer, environment: string, setting: string, value: string | undefined): void {
    const file = tfvarsPath(layer, environment, "terraform", join(this.folder, "deploy"));
    writeFileSync(file, withSetting(readFileSync(file, "utf8"), setting, value));
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true });
  }

  /** Links the installed packages, and the copy's own workspaces. */
  private linkModules(): void {
    const own = `@${readManifest(root).name}`;
    const installed = join(root, "node_modules");
    const modules = join(this.folder, "node_modules");
    mkdirSync(modules);
    for (const name of readdirSync(installed)) {
      if (name !== own) symlinkSync(join(installed, name), join(modules, name));
    }
    linkWorkspaces(this.folder);
  }

  private copy(name: string): void {
    cpSync(join(root, name), join(this.folder, name), {
      recursive: true,
      filter: (path) => !/node_modules|cdktf\.out|\.build\/synth/.test(path),
    });
  }
}
