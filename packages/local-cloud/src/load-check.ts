import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { unzipSync } from "fflate";
import { writeFiles } from "../../lambda-layer/src/write-files";
import { lambdaNode } from "../../lambda-runtime/src/lambda-node";
import { lambdaVariables } from "../../lambda-runtime/src/lambda-variables";
import { localClientConfig } from "./aws-clients";
import { localVariables, type LocalTarget } from "./child-environment";
import { run } from "./command";
import type { DeployedFunction } from "./live-code";

/** Lambda ends an initialization that takes longer. */
const longestSeconds = 10;

/** Loads the module, and prints only the error: Node would print the line of the bundle, too. */
const program = `
let isLoaded = true;
const report = (error) => {
  isLoaded = false;
  process.stderr.write((error && error.stack) || String(error), () => process.exit(1));
};
process.on("uncaughtException", report);
try {
  require(process.argv[1]);
} catch (error) {
  report(error);
}
setImmediate(() => isLoaded && process.exit(0));
`;

/** Loads the code of functions as Lambda does, with the deployed environment variables, before it is published. */
export class LoadCheck {
  private readonly folder = mkdtempSync(join(tmpdir(), "load-check-"));
  private readonly lambda: LambdaClient;

  /** @param layer path of the zip of the functions' layer */
  constructor(
    private readonly target: LocalTarget,
    layer: string,
  ) {
    this.lambda = new LambdaClient(localClientConfig(target));
    writeFiles(join(this.folder, "layer_0"), unzipSync(readFileSync(layer)));
  }

  /** @returns the error with its stack; undefined if the code loads */
  async errorOf({ name, deployedAs }: DeployedFunction, code: Uint8Array): Promise<string | undefined> {
    const { Environment, MemorySize = 128 } = await this.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: deployedAs, Qualifier: "live" }),
    );
    const folder = join(this.folder, name, "code");
    writeFiles(folder, { "index.js": code });
    const env = {
      ...lambdaVariables(deployedAs, MemorySize, this.target.region, "INFO"),
      ...localVariables(this.target),
      NODE_PATH: join(this.folder, "layer_0", "nodejs", "node_modules"),
      ...Environment?.Variables,
    };
    const signal = AbortSignal.timeout(longestSeconds * 1000);
    const parameters = ["--eval", program, join(folder, "index.js")];
    const { exitCode, stderr } = await run(lambdaNode, parameters, env, folder, undefined, signal);
    if (exitCode === 0) return undefined;
    return signal.aborted ? `It does not load within ${longestSeconds} s.` : stderr.trim();
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
