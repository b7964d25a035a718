import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { tfvarsPath, type TfvarsFile } from "../../deploy/config/environments";
import { loadEnvironment } from "../../deploy/config/load-environment";
import { assertAcrossEnvironments } from "../../deploy/config/rules/across-environments";
import { layers, type Layer } from "../../deploy/shared/layers";
import { changedLines } from "../../packages/npm-workspaces/src/changed-lines";
import type { Contents } from "../../packages/npm-workspaces/src/repository";
import { root } from "../build/paths";

/** A tfvars file of an environment. */
export interface Tfvars {
  readonly environment: string;
  readonly layer: Layer;
  readonly file: TfvarsFile;
  readonly content: string;
}

export const readRepositoryFile = (path: string) => readFileSync(join(root, path), "utf8");
export const readTfvarsFile = (layer: Layer, environment: string, file: TfvarsFile) =>
  readFileSync(tfvarsPath(layer, environment, file), "utf8");

/**
 * The tfvars of environments after an edit, which is not written.
 * @throws {ConfigurationError} when an environment would be invalid, or would conflict with another
 */
export async function editedTfvars(
  environments: readonly string[],
  edit: (tfvars: Tfvars) => string,
): Promise<Map<string, string>> {
  const edited = new Map<string, string>();
  const folder = mkdtempSync(join(tmpdir(), "edited-"));
  try {
    for (const environment of environments) {
      for (const layer of layers) {
        for (const file of ["terraform", "backend"] as const) {
          const content = edit({
            environment,
            layer,
            file,
            content: readTfvarsFile(layer, environment, file),
          });
          const path = tfvarsPath(layer, environment, file, folder);
          mkdirSync(dirname(path), { recursive: true });
          writeFileSync(path, content);
          edited.set(relative(root, tfvarsPath(layer, environment, file)), content);
        }
      }
    }
    assertAcrossEnvironments(await Promise.all(environments.map((name) => loadEnvironment(name, folder))));
  } finally {
    rmSync(folder, { recursive: true });
  }
  return new Map([...edited].filter(([path, content]) => content !== readRepositoryFile(path)));
}

/** Prints the lines that files do not have yet. */
export function printEdits(edited: Contents): void {
  for (const [path, content] of edited) {
    const former = existsSync(join(root, path)) ? readRepositoryFile(path) : "";
    for (const line of changedLines(path, former, content)) console.log(line);
  }
}

/** Writes files, and creates their folders. */
export function writeEdits(edited: Contents): void {
  for (const [path, content] of edited) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

/** Prints the lines that change, and writes the files unless it is a dry run. */
export function applyEdits(edited: Contents, isDryRun: boolean): void {
  printEdits(edited);
  if (!isDryRun) writeEdits(edited);
}
