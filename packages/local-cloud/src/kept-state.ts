import { createHash } from "node:crypto";
import { existsSync, lstatSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { join } from "node:path";
import * as z from "zod";
import { replaceFile } from "../../lambda-layer/src/write-files";
import type { LocalPaths } from "./local-paths";
import { ministackVersion } from "./ministack";

/** Written after a clean shutdown, removed before a start: the state is used only if it matches exactly. */
const manifest = z.object({ emulator: z.string(), files: z.record(z.string(), z.string()) });

/** Marks the state that the emulator has saved as complete. */
export function markComplete(paths: LocalPaths): void {
  const content: z.output<typeof manifest> = { emulator: ministackVersion, files: hashes(paths) };
  replaceFile(paths.stateManifest, Buffer.from(JSON.stringify(content)));
}

/**
 * Opens the kept state for an emulator, which may change it from then on. A state that differs from what a clean shutdown
 * saved is discarded.
 * @returns why it was discarded
 */
export function openState(paths: LocalPaths): string | undefined {
  const files = hashes(paths);
  const problem = problemOf(paths, files);
  // Without state, files that were derived from an earlier one are discarded too.
  if (problem !== undefined || Object.keys(files).length === 0) discardState(paths);
  rmSync(paths.stateManifest, { force: true });
  return problem;
}

function problemOf(paths: LocalPaths, files: Readonly<Record<string, string>>): string | undefined {
  const kept = readManifest(paths);
  if (kept === undefined)
    return Object.keys(files).length === 0 ? undefined : "the emulator was not shut down cleanly";
  if (kept.emulator !== ministackVersion)
    return `the emulator's state is of MiniStack ${kept.emulator}, not ${ministackVersion}`;
  return isDeepStrictEqual(kept.files, files)
    ? undefined
    : "the emulator's files are not those that it saved";
}

/**
 * Removes the emulator's state and everything that was derived from it: records of deployments, Terraform's working
 * folders, and the databases of its clusters. Only in the state folder; links are removed, not followed.
 */
export function discardState(paths: LocalPaths): void {
  const records = existsSync(paths.folder)
    ? readdirSync(paths.folder).filter((name) => /^(applied|store)-[a-z0-9-]+\.json$/.test(name))
    : [];
  for (const path of [
    // First, so that the rest is not a complete state if the removal is interrupted.
    paths.stateManifest,
    ...records.map((name) => join(paths.folder, name)),
    paths.emulatorState,
    paths.emulatorObjects,
    paths.stacks,
    paths.outputs,
    paths.databases,
  ])
    rmSync(path, { recursive: true, force: true });
}

function readManifest(paths: LocalPaths): z.output<typeof manifest> | undefined {
  try {
    return manifest.safeParse(JSON.parse(readFileSync(paths.stateManifest, "utf8"))).data;
  } catch {
    return undefined;
  }
}

/** Hashes by path below the emulator's folder. */
const hashes = (paths: LocalPaths): Record<string, string> =>
  Object.fromEntries(
    [paths.emulatorState, paths.emulatorObjects]
      .flatMap(filesBelow)
      .sort()
      .map((path) => [path.slice(paths.emulator.length + 1), hashOf(path)]),
  );

/** The emulator writes only regular files; anything else is a change. */
const hashOf = (path: string): string =>
  lstatSync(path).isFile() ? createHash("sha256").update(readFileSync(path)).digest("hex") : "not a file";

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}
