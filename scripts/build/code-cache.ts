import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { importsOf, lambdaBundle, outputOf } from "./bundle-function";
import { bundlingFailed, codeCacheFailed } from "./errors";
import type { ImportedNames } from "./imported-names";
import { packagesComeFromLayer } from "./packages";
import { lambdaNode, root } from "./paths";
import { writeFiles, type Files } from "./write-files";

/**
 * V8's code cache of the layer's packages, for this machine's architecture and the version of Node that functions run
 * on here. The same layer gives the same bytes.
 * @param layer the layer's files, by path
 * @param exercise the module whose `exercise` uses the packages
 * @param packages those of the layer
 * @throws {BuildError} when the packages do not run
 */
export async function codeCache(
  layer: Files,
  exercise: string,
  packages: readonly string[],
): Promise<CodeCache> {
  const folder = mkdtempSync(join(tmpdir(), "code-cache-"));
  try {
    const program = "make-code-cache.js";
    writeFiles(folder, { ...layer, [program]: await makerProgram(exercise, packages) });
    const cacheFile = join(folder, "cache");
    await promisify(execFile)(
      lambdaNode,
      ["--hash-seed=1", "--random-seed=1", "--no-flush-bytecode", join(folder, program), cacheFile],
      { env: { NODE_PATH: join(folder, "nodejs", "node_modules"), ...anyCredentials }, timeout: 60_000 },
    ).catch((error: unknown) => {
      throw codeCacheFailed(exercise, error instanceof Error ? error.message : String(error));
    });
    return { bytes: readFileSync(cacheFile), version: readFileSync(`${cacheFile}.version`, "utf8") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export interface CodeCache {
  readonly bytes: Uint8Array;
  /** `v22.23.3` */
  readonly version: string;
}

/** For requests that stay in the process. */
const anyCredentials = { AWS_ACCESS_KEY_ID: "exercise", AWS_SECRET_ACCESS_KEY: "exercise" };

/** What the exercise itself imports, which has to be in the layer for it. */
export const exerciseImports = (exercise: string, packages: readonly string[]): Promise<ImportedNames> =>
  importsOf({ ...lambdaBundle, entryPoints: [exercise], outfile: "exercise.js" }, packages).catch(
    (cause: unknown) => {
      throw bundlingFailed(exercise, cause);
    },
  );

const makerProgram = async (exercise: string, packages: readonly string[]) =>
  outputOf(
    await build({
      ...lambdaBundle,
      stdin: { contents: makerSource(exercise), resolveDir: root, sourcefile: "make-code-cache.js" },
      outfile: "make-code-cache.js",
      plugins: [packagesComeFromLayer(packages)],
    }),
  );

const makerSource = (exercise: string) =>
  `require("./scripts/build/make-code-cache").makeCodeCache(() => require("./${exercise}").exercise());`;
