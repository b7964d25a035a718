import { createHash } from "node:crypto";
import { existsSync, lstatSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { join } from "node:path";
import * as z from "zod";
import { replaceFile } from "../../lambda-layer/src";
import type { Home } from "./home";
import { ministackVersion } from "./ministack";

/** Written after a clean shutdown, removed before a start: what is kept is used only while it is exactly that. */
const seal = z.object({ emulator: z.string(), files: z.record(z.string(), z.string()) });

/** Declares what the emulator has saved as complete. */
export function sealState(home: Home): void {
  const content: z.output<typeof seal> = { emulator: ministackVersion, files: hashes(home) };
  replaceFile(home.seal, Buffer.from(JSON.stringify(content)));
}

/**
 * Makes the kept state ready for an emulator, which may change it from then on. What is not exactly what a clean shutdown
 * saved is discarded.
 * @returns why it was discarded
 */
export function openState(home: Home): string | undefined {
  const files = hashes(home);
  const problem = problemOf(home, files);
  // Without state, what was derived from an earlier one is of no use either.
  if (problem !== undefined || Object.keys(files).length === 0) discardState(home);
  rmSync(home.seal, { force: true });
  return problem;
}

function problemOf(home: Home, files: Readonly<Record<string, string>>): string | undefined {
  const kept = readSeal(home);
  if (kept === undefined)
    return Object.keys(files).length === 0 ? undefined : "the emulator was not shut down cleanly";
  if (kept.emulator !== ministackVersion)
    return `the emulator's state is of MiniStack ${kept.emulator}, not ${ministackVersion}`;
  return isDeepStrictEqual(kept.files, files)
    ? undefined
    : "the emulator's files are not those that it saved";
}

/**
 * Removes what the emulator holds and everything that was derived from it: what was applied, and Terraform's working
 * folders. Nothing outside the home folder; links are removed, not followed.
 */
export function discardState(home: Home): void {
  const applied = existsSync(home.folder)
    ? readdirSync(home.folder).filter((name) => /^applied-[a-z0-9-]+\.json$/.test(name))
    : [];
  for (const path of [
    // First, so that an interrupted removal is not taken for a complete state.
    home.seal,
    ...applied.map((name) => join(home.folder, name)),
    home.emulatorState,
    home.emulatorObjects,
    home.stacks,
    home.outputs,
  ])
    rmSync(path, { recursive: true, force: true });
}

function readSeal(home: Home): z.output<typeof seal> | undefined {
  try {
    return seal.safeParse(JSON.parse(readFileSync(home.seal, "utf8"))).data;
  } catch {
    return undefined;
  }
}

/** By path below the emulator's folder. */
const hashes = (home: Home): Record<string, string> =>
  Object.fromEntries(
    [home.emulatorState, home.emulatorObjects]
      .flatMap(filesBelow)
      .sort()
      .map((path) => [path.slice(home.emulator.length + 1), hashOf(path)]),
  );

/** The emulator writes files only; anything else is a change. */
const hashOf = (path: string): string =>
  lstatSync(path).isFile() ? createHash("sha256").update(readFileSync(path)).digest("hex") : "not a file";

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}
