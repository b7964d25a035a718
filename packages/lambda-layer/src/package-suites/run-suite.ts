import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { build } from "esbuild";
import type { SuiteSettings } from "./preload";
import { foldersAbove, type Suite } from "./suite";
import { testCounts, type TestCounts } from "./test-counts";

export interface SuiteRun {
  readonly exitCode: number | null;
  /** Undefined when the runner's output is not recognized. */
  readonly counts: TestCounts | undefined;
  /** Ids of the loaded modules of the layer. */
  readonly loaded: readonly string[];
}

/**
 * Runs a suite with modules of the layer, and passes its output through.
 * @param node path of the Node.js that runs it
 * @param vendor path of the layer's program
 * @param ids of modules, by the paths of the files that they replace
 * @param folder for the run's own files
 */
export async function runSuite(
  { folder: cwd, command: [program, ...parameters] }: Suite,
  node: string,
  vendor: string,
  ids: SuiteSettings["ids"],
  folder: string,
): Promise<SuiteRun> {
  const report = join(folder, "loaded.txt");
  const preload = await buildPreload({ vendor, ids, report }, folder);
  const child = spawn(program, parameters, {
    cwd,
    env: {
      ...process.env,
      PATH: [dirname(node), ...programFolders(cwd), process.env.PATH].join(delimiter),
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ""} --require ${JSON.stringify(preload)}`,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      output += text;
      process[name].write(text);
    });
  }
  const [exitCode] = (await once(child, "close")) as [number | null];
  const loaded = existsSync(report) ? readFileSync(report, "utf8").split("\n").slice(0, -1) : [];
  return { exitCode, counts: testCounts(output), loaded: [...new Set(loaded)].sort() };
}

/** The folders that npm adds to PATH for a script. */
const programFolders = (folder: string) =>
  foldersAbove(folder).map((above) => join(above, "node_modules", ".bin"));

/** Bundles preload.ts and load-hook.ts, so that the processes of a suite do not load tsx. */
async function buildPreload(settings: Omit<SuiteSettings, "loadHook">, folder: string): Promise<string> {
  const bundled = (name: string) => join(folder, `${name}.cjs`);
  await build({
    entryPoints: ["preload.ts", "load-hook.ts"].map((name) => join(__dirname, name)),
    outdir: folder,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    target: "node22",
    format: "cjs",
    tsconfigRaw: {},
    define: { SUITE: JSON.stringify({ ...settings, loadHook: bundled("load-hook") }) },
  });
  return bundled("preload");
}
