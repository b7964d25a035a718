import { lambdaFlags } from "../../../packages/lambda-layer/src/lambda-flags";
import { LambdaFunction } from "../../../packages/lambda-runtime/src/lambda-function";
import { lambdaVariables } from "../../../packages/lambda-runtime/src/lambda-variables";
import { runtimes, type Runtime } from "../../../packages/lambda-runtime/src/runtimes";
import { layerFolder, runtimeFolder } from "./built-functions";
import type { ScenarioGroup } from "./scenario";

/** How Lambda starts a function; defaults apply to what is absent. */
export interface StartOptions {
  readonly runtime?: Runtime;
  /** Command-line flags of Node.js. */
  readonly flags?: readonly string[];
  /** The `application_log_level` of the function's logging configuration. */
  readonly logLevel?: string;
  readonly timeoutSeconds?: number;
}

const memoryMegabytes = 512;
/** Removes the jitter of retries, so that they are immediate and the same in each run. */
const withoutRandom = "--import=data:text/javascript,Math.random=()=>0";

/**
 * A function under AWS's runtime client, with the environment variables of a scenario group and of Lambda.
 * @param folder with the layer and the runtime clients
 */
export function lambdaFunction(
  folder: string,
  taskRoot: string,
  { functionName, environment }: Pick<ScenarioGroup, "functionName" | "environment">,
  endpoint: string,
  start: StartOptions = {},
): LambdaFunction {
  const { runtime = runtimes[0], flags = lambdaFlags(memoryMegabytes) } = start;
  const { logLevel = "DEBUG", timeoutSeconds = 10 } = start;
  return new LambdaFunction({
    runtime,
    runtimeFolder: runtimeFolder(folder, runtime.client),
    taskRoot,
    opt: layerFolder(folder),
    flags: [...flags, withoutRandom],
    timeoutSeconds,
    environment: {
      ...lambdaVariables(functionName, memoryMegabytes, "us-east-1", logLevel),
      AWS_ENDPOINT_URL: endpoint,
      TASK_QUEUE_URL: `${endpoint}/111111111111/tasks`,
      DEAD_LETTER_QUEUE_URL: `${endpoint}/111111111111/tasks-dlq`,
      ...environment,
      // deploy/30_app sets both to the same level.
      ...(start.logLevel !== undefined && { LOG_LEVEL: start.logLevel }),
    },
  });
}
