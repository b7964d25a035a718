import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { exerciseFailed } from "./errors";
import type { ProgramResult } from "./exercise-program";
import { bundleFunction } from "./function-bundle";
import { modulesFolder } from "./layer-files";
import type { LayerOptions } from "./layer-options";
import { writeFiles, type Files } from "./write-files";

type ExerciseOptions = Pick<LayerOptions, "exercise" | "packages" | "folder" | "node">;

/**
 * Runs the exercise with a layer.
 * @param layer the layer's files, by path
 * @param deferredIds see `runExercise`
 * @throws {BuildError} when it fails
 */
export const runExerciseWith = (
  layer: Files,
  options: ExerciseOptions,
  deferredIds?: readonly string[],
): Promise<ProgramResult> =>
  runProgram(
    layer,
    `const exercise = () => require(${JSON.stringify(options.exercise)}).exercise();
    module.exports = require(${programFile("exercise-program")}).runExercise(exercise, ${JSON.stringify(deferredIds)});`,
    options,
  );

/**
 * Loads the modules of a layer, one after another.
 * @returns ids of those whose load has a side effect: see load-effects.ts
 */
export const runEffects = (
  layer: Files,
  ids: readonly string[],
  options: ExerciseOptions,
): Promise<string[]> =>
  runProgram(
    layer,
    `module.exports = require(${programFile("load-effects")}).withEffects(${JSON.stringify(ids)});`,
    options,
  );

const programFile = (name: string) => JSON.stringify(join(__dirname, name));

/**
 * Runs a program under the functions' Node, in a folder with a layer.
 * @param text source of a module that exports a JSON value, or a promise of it
 * @returns the value
 * @throws {BuildError} when it fails
 */
async function runProgram<Result>(layer: Files, text: string, options: ExerciseOptions): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "layer-program-"));
  try {
    const contents = `${text}
    Promise.resolve(module.exports).then(
      (result) => require("node:fs").writeFileSync(process.argv[2], JSON.stringify(result)),
      (error) => { console.error(error); process.exitCode = 1; },
    );`;
    const entry = { contents, resolveDir: __dirname, sourcefile: "program.js" };
    const { code } = await bundleFunction(entry, options.packages, { absWorkingDir: options.folder });
    const program = "program.js";
    writeFiles(folder, { ...layer, [program]: code });
    const resultFile = join(folder, "result.json");
    const modules = join(folder, modulesFolder);
    await promisify(execFile)(
      options.node,
      ["--hash-seed=1", "--random-seed=1", "--no-flush-bytecode", join(folder, program), resultFile],
      { env: { NODE_PATH: modules, ...anyCredentials }, timeout: 60_000 },
    ).catch((error: unknown) => {
      throw exerciseFailed(options.exercise, error);
    });
    return JSON.parse(readFileSync(resultFile, "utf8")) as Result;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** For requests to servers in the same process. */
const anyCredentials = { AWS_ACCESS_KEY_ID: "exercise", AWS_SECRET_ACCESS_KEY: "exercise" };
