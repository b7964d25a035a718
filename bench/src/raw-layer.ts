import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import * as z from "zod";
import type { Files } from "../../packages/lambda-layer/src/write-files";
import { peersFolder } from "./paths";

const manifest = z.object({ dependencies: z.record(z.string(), z.string()).default({}) });

/** The files of a layer with packages and their dependencies, as `npm install` writes them. */
export const rawLayerFiles = (packages: readonly string[]): Files =>
  Object.fromEntries(
    [...withDependencies(packages)]
      .flatMap(filesBelow)
      .map((path) => [`nodejs/${relative(peersFolder, path)}`, readFileSync(path)]),
  );

/** Folders of packages and of all their dependencies. */
function withDependencies(names: readonly string[]): Set<string> {
  const found = new Set<string>();
  const add = (name: string, from: string) => {
    const folder = folderOf(name, from);
    if (found.has(folder)) return;
    found.add(folder);
    const { dependencies } = manifest.parse(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")));
    for (const dependency of Object.keys(dependencies)) add(dependency, folder);
  };
  for (const name of names) add(name, peersFolder);
  return found;
}

/** The folder in which Node finds a package that a file in `from` requires. */
function folderOf(name: string, from: string): string {
  const folder = join(from, "node_modules", name);
  if (existsSync(folder)) return folder;
  if (from === peersFolder) throw new Error(`Expected ${name} in bench/peers/node_modules, found none`);
  return folderOf(name, dirname(from));
}

/** Files of a package without its nested packages. */
const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) return [path];
    return entry.name === "node_modules" ? [] : filesBelow(path);
  });
