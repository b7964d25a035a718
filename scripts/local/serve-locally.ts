import { once } from "node:events";
import { apiAddress } from "../../packages/local-cloud/src/api-address";
import { FunctionLogs, type LoggedLine } from "../../packages/local-cloud/src/function-logs";
import type { DeployedFunction } from "../../packages/local-cloud/src/hot-update";
import type { LocalPaths } from "../../packages/local-cloud/src/local-paths";
import { stopOnInterrupt, under } from "../../packages/local-cloud/src/interrupt";
import { jsonLine, readableLine, showsColours } from "../../packages/local-cloud/src/log-line";
import { StepReporter } from "../../packages/local-cloud/src/step-reporter";
import type { FunctionName } from "../build/paths";
import { originalStack, type ReadSourceMap } from "../build/original-stack";
import { deployedFunctions } from "./applied";
import { deployLocally } from "./deploy-locally";
import { withLocalCloud, type LocalCloud } from "./local-cloud";

export interface ServeOptions {
  readonly paths: LocalPaths;
  readonly environment: string;
  readonly port: number;
  /** Stop when the service is ready. */
  readonly once: boolean;
  /** Print log lines as JSON to standard output, and everything else to standard error. */
  readonly json: boolean;
}

/** How `npm run dev` extends `npm start`. */
export interface ServeHooks {
  /** Called when the service is ready; returns when the cloud's signal is aborted. */
  readonly onReady: (
    cloud: LocalCloud,
    functions: readonly DeployedFunction<FunctionName>[],
    print: (line: string) => void,
  ) => Promise<void>;
  /** Reads a source map of the running code; by default of the last build. */
  readonly readMap: ReadSourceMap;
}

/**
 * Runs the service on this machine until Ctrl-C, and leaves nothing running.
 * @throws {LocalCloudError} also when the emulator ends by itself
 * @throws {Interruption} when it is interrupted before the service is ready
 */
export async function serveLocally(options: ServeOptions, hooks: Partial<ServeHooks> = {}): Promise<void> {
  const { json } = options;
  const print = json ? console.error : console.log;
  const readable = {
    colour: showsColours(process.stdout),
    originalStack: (stack: string, name: FunctionName) => originalStack(stack, name, hooks.readMap),
  };
  const printLog = (line: LoggedLine<FunctionName>) => {
    console.log(json ? jsonLine(line) : readableLine(line, readable));
  };
  const steps = new StepReporter(print);
  const signal = stopOnInterrupt();
  const isKept = await withLocalCloud({ ...options, steps, signal }, async (cloud) => {
    const outputs = await deployLocally(cloud, { ...options, steps }, printLog);
    print(welcome(apiAddress(outputs.api_url, cloud.target.endpoint), steps.total));
    if (options.once || signal.aborted) return;

    print("The functions' logs follow; Ctrl-C stops everything.\n");
    const functions = deployedFunctions(outputs);
    const { lost } = cloud.emulator;
    await under(lost, () =>
      Promise.race([
        Promise.all([
          new FunctionLogs(cloud.target, functions).follow(printLog, cloud.signal),
          hooks.onReady?.(cloud, functions, print),
        ]),
        once(cloud.signal, "abort"),
      ]),
    );
    lost.throwIfAborted();
  });
  print(
    isKept
      ? "Stopped. Everything is kept for the next start."
      : "Stopped. The emulator could not save its state: the next start deploys everything again.",
  );
}

const welcome = (url: string, total: string) => `
Ready in ${total}: ${url}

  curl ${url}/health
  curl -X POST ${url}/tasks -H 'content-type: application/json' \\
    -d '{"type":"echo","payload":{"message":"hello"}}'
  curl ${url}/tasks

API documentation: ${url}/docs
`;
