import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { writeFiles } from "../../../packages/lambda-layer/src/write-files";
import { lambdaNode } from "../../../packages/lambda-runtime/src/lambda-node";
import { defaultBuildFolder, root } from "../../../scripts/build/paths";
import type { RunResult, RunSettings } from "./run-programs";
import { unzippedLayer } from "../../../packages/lambda-layer/src/package-suites/unzipped-layer";

export interface ComparedOutcomes {
  readonly published: RunResult;
  readonly layer: RunResult;
}

/**
 * Runs the programs with the published packages and with the layer of the last build, each in a process of its own, on
 * Lambda's version of Node.
 * @param folder for temporary files
 */
export async function comparedOutcomes(folder: string): Promise<ComparedOutcomes> {
  const files = join(folder, "files");
  writeProgramFiles(files);
  const program = await bundledProgram(folder);
  const { vendor, ids } = unzippedLayer(
    readFileSync(join(defaultBuildFolder, "layer.zip")),
    join(folder, "opt"),
  );
  const runWith = async (name: string, env: NodeJS.ProcessEnv, layer?: RunSettings["layer"]) => {
    const settings: RunSettings = { root, folder: files, result: join(folder, `${name}.json`), layer };
    const settingsFile = join(folder, `${name}.settings.json`);
    writeFileSync(settingsFile, JSON.stringify(settings));
    await promisify(execFile)(lambdaNode, [program, settingsFile], {
      cwd: files,
      env: { NODE_ENV: "test", NO_DEPRECATION: "", ...env },
      timeout: 120_000,
    });
    return JSON.parse(readFileSync(settings.result, "utf8")) as RunResult;
  };
  const [published, layer] = await Promise.all([
    runWith("published", { NODE_PATH: join(files, "node_modules") }),
    // The folder from which a function loads its own modules.
    runWith("layer", { LAMBDA_TASK_ROOT: files }, { vendor, ids }),
  ]);
  return { published, layer };
}

/** Writes files to serve and views to render. They have a fixed time, since their entity tags contain it. */
function writeProgramFiles(folder: string): void {
  const contents = {
    "outside.txt": "outside of the folder\n",
    "public/hello.txt": "Hello, files!\n",
    "public/.hidden": "hidden\n",
    "public/index.html": "<p>index</p>\n",
    "public/page.html": "<p>page</p>\n",
    "public/sub/index.html": "<p>below</p>\n",
    "public/umlaut-\u00e4.json": "{}",
    "public/empty.css": "",
    "views/page.braces": "Hello, {name}!\n",
    "views/page.other": "Other {name}\n",
    "views/page.tiny-engine": "tiny\n",
    "views/sub/page.braces": "Below: {name}\n",
    "node_modules/tiny-engine/index.js":
      "exports.__express = (path, { name }, done) => done(null, `by tiny-engine: ${name}`);",
  };
  const time = new Date("2026-01-01T00:00:00Z");
  writeFiles(
    folder,
    Object.fromEntries(Object.entries(contents).map(([path, content]) => [path, Buffer.from(content)])),
  );
  for (const path of Object.keys(contents)) utimesSync(join(folder, path), time, time);
  mkdirSync(join(folder, "public", "empty"));
}

async function bundledProgram(folder: string): Promise<string> {
  const outfile = join(folder, "run-programs.cjs");
  await build({
    entryPoints: [join(__dirname, "run-programs.ts")],
    outfile,
    bundle: true,
    platform: "node",
    target: "node22",
    format: "cjs",
    tsconfigRaw: {},
  });
  return outfile;
}
