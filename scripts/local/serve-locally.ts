import { once } from "node:events";
import { apiAddress } from "../../packages/local-cloud/src/api-address";
import { FunctionLogs, type LoggedLine } from "../../packages/local-cloud/src/function-logs";
import type { DeployedFunction } from "../../packages/local-cloud/src/hot-update";
import type { Home } from "../../packages/local-cloud/src/home";
import { stopOnInterrupt, under } from "../../packages/local-cloud/src/interrupt";
import { jsonLine, readableLine, showsColours } from "../../packages/local-cloud/src/log-line";
import { Phases } from "../../packages/local-cloud/src/phases";
import type { FunctionName } from "../build/paths";
import { originalStack, type ReadSourceMap } from "../build/original-stack";
import { deployedFunctions } from "./applied";
import { deployLocally } from "./deploy-locally";
import { withLocalCloud, type LocalCloud } from "./local-cloud";

export interface ServeOptions {
  readonly home: Home;
  readonly environment: string;
  readonly port: number;
  /** Stop when the API has responded. */
  readonly once: boolean;
  /** Print log lines as JSON to standard output, and everything else to standard error. */
  readonly json: boolean;
}

/** Further work while the service runs. */
export interface Companion {
  /** Ends when the signal is aborted. */
  readonly run: (
    cloud: LocalCloud,
    functions: readonly DeployedFunction<FunctionName>[],
    print: (line: string) => void,
  ) => Promise<void>;
  /** Reads the source maps of what runs; without it, those of the last build are read. */
  readonly readMap: ReadSourceMap;
}

/**
 * Runs the service on this machine until Ctrl-C, and leaves nothing running.
 * @throws {LocalCloudError} also when the emulator ends by itself
 * @throws {Interruption} when Ctrl-C comes before the service is ready
 */
export async function serveLocally(options: ServeOptions, companion?: Companion): Promise<void> {
  const { json } = options;
  const print = json ? console.error : console.log;
  const readable = {
    colour: showsColours(process.stdout),
    originalStack: (stack: string, name: FunctionName) => originalStack(stack, name, companion?.readMap),
  };
  const printLog = (line: LoggedLine<FunctionName>) => {
    console.log(json ? jsonLine(line) : readableLine(line, readable));
  };
  const phases = new Phases(print);
  const signal = stopOnInterrupt();
  const isKept = await withLocalCloud({ ...options, phases, signal }, async (cloud) => {
    const outputs = await deployLocally(cloud, { ...options, phases }, printLog);
    print(welcome(apiAddress(outputs.api_url, cloud.target.endpoint), phases.total));
    if (options.once || signal.aborted) return;

    print("The functions' logs follow; Ctrl-C stops everything.\n");
    const functions = deployedFunctions(outputs);
    const { lost } = cloud.emulator;
    await under(lost, () =>
      Promise.race([
        Promise.all([
          new FunctionLogs(cloud.target, functions).follow(printLog, cloud.signal),
          // Also when the emulator is lost: what still watches keeps the process alive.
          companion?.run(cloud, functions, print),
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
