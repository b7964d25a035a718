import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { lambdaNode } from "../../../lambda-runtime/src/lambda-node";
import { buildLayer, type Layer } from "../build-layer";
import { bundleFunction } from "../function-bundle";
import { lambdaBundle } from "../lambda-bundle";
import type { LayerOptions } from "../layer-options";
import { writeFiles } from "../write-files";
import { InstalledPackages } from "./installed-packages";

type TinyOptions = Partial<Pick<LayerOptions, "optional" | "dynamic" | "pureCalls" | "codeCache">>;

/** A function whose exports are test cases, and the layer of its packages. */
export class TinyLayer extends InstalledPackages {
  /**
   * @param packages content by path below `node_modules`
   * @param functionText source of an ES module that exports functions
   * @param exercise source of the exercise
   */
  constructor(
    packages: Readonly<Record<string, string>>,
    functionText: string,
    exercise = "export const exercise = async () => {};",
  ) {
    super(packages);
    this.write({ "function.js": functionText, "exercise.js": exercise });
  }

  /** @param used names of the packages that the function imports directly */
  async build(used: readonly string[], options: TinyOptions = {}): Promise<Layer> {
    const packages = { folder: "packages", names: used };
    const { code, imports } = await bundleFunction("function.js", packages, { absWorkingDir: this.folder });
    const layer = await buildLayer(imports, [], {
      packages,
      folder: this.folder,
      exercise: join(this.folder, "exercise.js"),
      node: lambdaNode,
      edits: [],
      optional: {},
      dynamic: {},
      pureCalls: {},
      memorySizes: [128],
      codeCache: false,
      ...options,
    });
    writeFiles(join(this.folder, "opt"), layer.files);
    writeFiles(join(this.folder, "task"), { "index.js": code });
    return layer;
  }

  /** The outcomes of the cases with the layer. */
  run(): Promise<unknown> {
    const task = join(this.folder, "task");
    return this.outcomes(join(task, "index.js"), {
      NODE_PATH: join(this.folder, "opt", "nodejs", "node_modules"),
      LAMBDA_TASK_ROOT: task,
    });
  }

  /** The outcomes of the cases with the installed packages. */
  async runPublished(): Promise<unknown> {
    await build({
      ...lambdaBundle,
      sourcemap: false,
      write: true,
      entryPoints: [join(this.folder, "function.js")],
      outfile: join(this.folder, "published.js"),
      packages: "external",
      supported: { "dynamic-import": false },
    });
    return this.outcomes(join(this.folder, "published.js"), {});
  }

  private async outcomes(file: string, env: NodeJS.ProcessEnv): Promise<unknown> {
    const { stdout } = await promisify(execFile)(lambdaNode, ["-e", runCases, file], { env });
    return JSON.parse(stdout);
  }
}

const runCases = `
  const cases = require(process.argv[1]);
  const outcomes = {};
  (async () => {
    for (const name of Object.keys(cases)) {
      try { outcomes[name] = await cases[name](); }
      catch (error) { outcomes[name] = { thrown: error.name, code: error.code, message: error.message.split("\\n")[0] }; }
    }
    console.log(JSON.stringify(outcomes));
  })();`;
