import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { once } from "node:events";
import type { StoreKind } from "../../deploy/emulator/local-store";
import type { LocalTarget } from "../../packages/local-cloud/src/child-environment";
import { apiAddress } from "../../packages/local-cloud/src/api-address";
import { localClientConfig } from "../../packages/local-cloud/src/aws-clients";
import { FunctionLogs, type LoggedLine } from "../../packages/local-cloud/src/function-logs";
import type { DeployedFunction } from "../../packages/local-cloud/src/live-code";
import type { LocalPaths } from "../../packages/local-cloud/src/local-paths";
import { stopOnInterrupt, under } from "../../packages/local-cloud/src/interrupt";
import { jsonLine, readableLine, showsColours } from "../../packages/local-cloud/src/log-line";
import { StepReporter } from "../../packages/local-cloud/src/step-reporter";
import type { FunctionName } from "../build/paths";
import { BuildError } from "../build/errors";
import { originalStack, type ReadSourceMap } from "../build/original-stack";
import { openLocalConsole } from "../console/local-console";
import { reportFailure } from "../core/process";
import { deployedFunctions } from "./applied";
import { deployLocally } from "./deploy-locally";
import { withLocalCloud, type LocalCloud } from "./local-cloud";

export interface ServeOptions {
  readonly paths: LocalPaths;
  readonly environment: string;
  readonly port: number;
  /** Where tasks are stored; undefined when tfvars decide. */
  readonly store?: StoreKind | undefined;
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
  /** Called after an interrupt, while the emulator still runs. */
  readonly onStop: () => Promise<void>;
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
    console.log(json ? readable.originalStack(jsonLine(line), line.from.name) : readableLine(line, readable));
  };
  const steps = new StepReporter(print);
  const signal = stopOnInterrupt();
  const isKept = await withLocalCloud({ ...options, steps, signal }, async (cloud) => {
    const { lost } = cloud.emulator;
    let outputs;
    try {
      outputs = await deployLocally(cloud, { ...options, steps }, printLog);
    } catch (error) {
      if (options.once || cloud.signal.aborted || error instanceof BuildError) throw error;
      process.exitCode = reportFailure(error, "npm run cli -- start --help");
      print(failed(cloud.target));
      await once(cloud.signal, "abort");
      lost.throwIfAborted();
      return;
    }
    const served = options.once || signal.aborted ? undefined : await openLocalConsole(cloud, options.paths);
    print(welcome(apiAddress(outputs.api_url, cloud.target.endpoint), steps.total, served?.link));
    if (served === undefined) return;

    print("The functions' logs follow; Ctrl-C stops everything.\n");
    const functions = deployedFunctions(outputs);
    const logs = new FunctionLogs(new CloudWatchLogsClient(localClientConfig(cloud.target)), functions);
    const printLogs = async () => {
      for await (const line of logs.lines(cloud.signal)) printLog(line);
    };
    try {
      await under(lost, () =>
        Promise.race([
          Promise.all([printLogs(), hooks.onReady?.(cloud, functions, print)]),
          once(cloud.signal, "abort"),
        ]),
      );
    } finally {
      await served.close();
      if (!lost.aborted) await hooks.onStop?.();
    }
    lost.throwIfAborted();
  });
  print(
    isKept
      ? "Stopped. Everything is kept for the next start."
      : "Stopped. The emulator could not save its state: the next start deploys everything again.",
  );
}

const failed = (target: LocalTarget) => `
The start has failed. The emulator keeps running for a look, until Ctrl-C:

  export AWS_ENDPOINT_URL=${target.endpoint} AWS_ACCESS_KEY_ID=${target.accountId} AWS_SECRET_ACCESS_KEY=local AWS_REGION=${target.region}
  aws logs tail /aws/lambda/<function>
`;

const welcome = (url: string, total: string, consoleLink: string | undefined) => `
Ready in ${total}: ${url}

  curl ${url}/health
  curl -X POST ${url}/tasks -H 'content-type: application/json' \\
    -d '{"type":"echo","payload":{"message":"hello"}}'
  curl ${url}/tasks

API documentation: ${url}/docs${consoleLink === undefined ? "" : `\nConsole: ${consoleLink}`}
`;
