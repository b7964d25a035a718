import { once } from "node:events";
import type { FunctionName } from "../build/paths";
import type { AppOutputs } from "./applied";
import { deployLocally } from "./deploy-locally";
import { followLogs } from "../../packages/local-cloud/src/follow-logs";
import type { DeployedFunction } from "../../packages/local-cloud/src/hot-update";
import { stopOnInterrupt, under } from "../../packages/local-cloud/src/interrupt";
import { withLocalCloud, type LocalCloud } from "./local-cloud";
import { Phases } from "../../packages/local-cloud/src/phases";
import type { Home } from "../../packages/local-cloud/src/home";

export interface ServeOptions {
  readonly home: Home;
  readonly environment: string;
  readonly port: number;
  /** Stop when the API has answered. */
  readonly once: boolean;
}

/** Further work while the service runs, until the signal says stop. */
type Companion = (
  cloud: LocalCloud,
  functions: readonly DeployedFunction<FunctionName>[],
  signal: AbortSignal,
) => Promise<void>;

/**
 * Runs the service on this machine until Ctrl-C, and leaves nothing running.
 * @throws {LocalCloudError}
 * @throws {Interruption} when Ctrl-C comes before the service is ready
 */
export async function serveLocally(options: ServeOptions, companion?: Companion): Promise<void> {
  const phases = new Phases();
  const signal = stopOnInterrupt();
  const isKept = await withLocalCloud({ ...options, phases, signal }, async (cloud) => {
    const outputs = await deployLocally(cloud, { ...options, phases });
    console.log(welcome(outputs.api_url, phases.total));
    if (options.once || signal.aborted) return;

    console.log("The functions' logs follow; Ctrl-C stops everything.\n");
    const functions = functionsOf(outputs);
    const names = functions.map(({ deployedAs }) => deployedAs);
    const { lost } = cloud.emulator;
    await under(lost, () =>
      Promise.race([
        Promise.all([
          followLogs(cloud.target, names, cloud.signal),
          // Also when the emulator is lost: what still watches keeps the process alive.
          companion?.(cloud, functions, cloud.signal),
        ]),
        once(cloud.signal, "abort"),
      ]),
    );
    lost.throwIfAborted();
  });
  console.log(
    isKept
      ? "Stopped. Everything is kept for the next start."
      : "Stopped. The emulator could not save its state: the next start deploys everything again.",
  );
}

const functionsOf = (outputs: AppOutputs): DeployedFunction<FunctionName>[] => [
  { name: "api", deployedAs: outputs.api_function_name },
  { name: "worker", deployedAs: outputs.worker_function_name },
  { name: "producer", deployedAs: outputs.producer_function_name },
];

const welcome = (url: string, total: string) => `
Ready in ${total}: ${url}

  curl -X POST ${url}/tasks -H 'content-type: application/json' \\
    -d '{"type":"echo","payload":{"message":"hello"}}'
  curl ${url}/tasks
`;
