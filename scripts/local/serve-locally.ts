import { once } from "node:events";
import type { AppOutputs } from "./applied";
import { followLogs } from "./follow-logs";
import type { DeployedFunction } from "./hot-update";
import { stopOnInterrupt } from "./interrupt";
import { deployLocally, openLocalCloud, type LocalCloud } from "./local-cloud";
import { Phases } from "./phases";
import type { StartOptions } from "./start-options";

/** Further work while the service runs, until the signal says stop. */
type Companion = (
  cloud: LocalCloud,
  functions: readonly DeployedFunction[],
  signal: AbortSignal,
) => Promise<void>;

/**
 * Runs the service on this machine until Ctrl-C, and leaves nothing running.
 * @throws {LocalCloudError}
 */
export async function serveLocally(options: StartOptions, companion?: Companion): Promise<void> {
  const phases = new Phases();
  const interrupted = stopOnInterrupt();
  const cloud = await openLocalCloud({ ...options, phases });
  try {
    const outputs = await deployLocally(cloud, { ...options, phases });
    console.log(welcome(outputs.api_url, phases.total));
    if (options.once || interrupted.aborted) return;

    console.log("The functions' logs follow; Ctrl-C stops everything.\n");
    const functions = functionsOf(outputs);
    const names = functions.map(({ deployedAs }) => deployedAs);
    await Promise.race([
      Promise.all([followLogs(cloud.target, names, interrupted), companion?.(cloud, functions, interrupted)]),
      once(interrupted, "abort"),
      cloud.emulator.ended,
    ]);
  } finally {
    await cloud.emulator.stop();
    console.log("Stopped. Everything is kept for the next start.");
  }
}

const functionsOf = (outputs: AppOutputs): DeployedFunction[] => [
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
