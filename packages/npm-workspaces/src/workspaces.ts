import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join, relative } from "node:path";

interface Manifest {
  readonly name: string;
  readonly workspaces?: readonly string[];
}

export const readManifest = (folder: string) =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;

/** The folders of the workspaces by the names of their packages. Patterns are folders, or end with a star. */
export function workspaces(folder: string): Map<string, string> {
  const folders = (readManifest(folder).workspaces ?? []).flatMap((pattern) => {
    if (!pattern.endsWith("/*")) return [pattern];
    const parent = pattern.slice(0, -2);
    return readdirSync(join(folder, parent)).map((name) => `${parent}/${name}`);
  });
  const found = folders.filter((each) => existsSync(join(folder, each, "package.json")));
  return new Map(found.map((each) => [readManifest(join(folder, each)).name, each]));
}

/**
 * Links the workspaces in `node_modules`, as npm does.
 * @param former the scope of earlier links, which are removed
 */
export function linkWorkspaces(folder: string, former?: string): void {
  const modules = join(folder, "node_modules");
  if (former !== undefined) rmSync(join(modules, `@${former}`), { recursive: true, force: true });
  for (const [name, path] of workspaces(folder)) {
    const link = join(modules, name);
    mkdirSync(dirname(link), { recursive: true });
    rmSync(link, { recursive: true, force: true });
    symlinkSync(relative(dirname(link), join(folder, path)), link);
  }
}
