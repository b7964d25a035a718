import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { lambdaBundle, outputOf } from "./bundle-function";
import { bundlingFailed, codeCacheFailed } from "./errors";
import { importedNames, type ImportedNames } from "./imported-names";
import { packagesComeFromLayer } from "./packages";
import { lambdaNode, root } from "./paths";

/**
 * V8's code cache of the layer's packages, for this machine's architecture and the version of Node that functions run
 * on here. The same layer gives the same bytes.
 * @param layer the layer's files, by path
 * @param exercise the module whose `exercise` uses the packages
 * @param packages those of the layer
 * @throws {BuildError} when the packages do not run
 */
export async function codeCache(
  layer: Readonly<Record<string, Uint8Array>>,
  exercise: string,
  packages: readonly string[],
): Promise<CodeCache> {
  const folder = mkdtempSync(join(tmpdir(), "code-cache-"));
  try {
    for (const [path, bytes] of Object.entries(layer)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    const program = join(folder, "make-code-cache.js");
    writeFileSync(program, await makerProgram(exercise, packages));
    const cacheFile = join(folder, "cache");
    const { stdout } = await promisify(execFile)(
      lambdaNode,
      ["--hash-seed=1", "--random-seed=1", "--no-flush-bytecode", program, cacheFile],
      { env: { NODE_PATH: join(folder, "nodejs", "node_modules"), ...anyCredentials }, timeout: 60_000 },
    ).catch((error: unknown) => {
      throw codeCacheFailed(exercise, error instanceof Error ? error.message : String(error));
    });
    return { bytes: readFileSync(cacheFile), version: stdout.trim() };
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
export const exerciseImports = async (
  exercise: string,
  packages: readonly string[],
): Promise<ImportedNames> => {
  const module = await build({
    ...lambdaBundle,
    entryPoints: [exercise],
    outfile: "exercise.js",
    plugins: [packagesComeFromLayer(packages)],
    format: "esm",
    minify: false,
  }).catch((cause: unknown) => {
    throw bundlingFailed(exercise, cause);
  });
  return importedNames(Buffer.from(outputOf(module)).toString());
};

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
