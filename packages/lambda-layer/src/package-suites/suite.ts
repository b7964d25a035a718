import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import * as z from "zod";
import { notTheRepository, noTestScript, packageNotInstalled, suiteNotInstalled } from "./errors";

const manifest = z.object({
  name: z.string().optional(),
  version: z.string(),
  scripts: z.record(z.string(), z.string()).default({}),
  exports: z.unknown().optional(),
  main: z.string().optional(),
  module: z.string().optional(),
  type: z.string().optional(),
});
export type Manifest = z.output<typeof manifest>;

/** A package's test suite, in a folder of its repository. */
export interface Suite {
  readonly packageName: string;
  /** A real path, as Node resolves files. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** The package as it is installed here. */
  readonly installed: Manifest;
  /** Folder whose node_modules has it. */
  readonly installedIn: string;
  /** Program and parameters that run the suite. */
  readonly command: readonly [string, ...string[]];
}

const readManifest = (folder: string): Manifest =>
  manifest.parse(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")));

/**
 * Reads a suite's folder.
 * @param command that runs the suite instead of `npm test`
 * @param installedIn folder whose node_modules has the package
 * @throws {BuildError} when the folder is not that of the package, or is not installed
 */
export function readSuite(
  packageName: string,
  folder: string,
  command: readonly string[],
  installedIn: string,
): Suite {
  const installed = installedManifest(packageName, installedIn);
  const manifest = suiteManifest(packageName, folder);
  const [program, ...parameters] = command;
  if (program === undefined && manifest.scripts.test === undefined) throw noTestScript(folder);
  if (!foldersAbove(folder).some((above) => existsSync(join(above, "node_modules"))))
    throw suiteNotInstalled(folder);
  return {
    packageName,
    folder: realpathSync(folder),
    manifest,
    installed,
    installedIn,
    command: program === undefined ? ["npm", "test"] : [program, ...parameters],
  };
}

function installedManifest(packageName: string, installedIn: string): Manifest {
  try {
    return readManifest(join(installedIn, "node_modules", packageName));
  } catch (error) {
    throw packageNotInstalled(packageName, error);
  }
}

function suiteManifest(packageName: string, folder: string): Manifest {
  let found: Manifest;
  try {
    found = readManifest(folder);
  } catch (error) {
    throw notTheRepository(packageName, folder, "it has no package.json", error);
  }
  // Some repositories set the name only when they publish.
  if (found.name !== undefined && found.name !== packageName)
    throw notTheRepository(packageName, folder, `its package is ${found.name}`);
  return found;
}

/** A folder and its parents, innermost first. */
export const foldersAbove = (folder: string): string[] =>
  dirname(folder) === folder ? [folder] : [folder, ...foldersAbove(dirname(folder))];
