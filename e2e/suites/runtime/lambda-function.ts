import { lambdaFlags } from "../../../packages/lambda-layer/src/lambda-flags";
import { LambdaFunction } from "../../../packages/lambda-runtime/src/lambda-function";
import { lambdaVariables } from "../../../packages/lambda-runtime/src/lambda-variables";
import { runtimes, type Runtime } from "../../../packages/lambda-runtime/src/runtimes";
import { layerFolder, runtimeFolder } from "./built-functions";
import type { ScenarioGroup } from "./scenario";

/** How Lambda starts a function, where a test needs it otherwise. */
export interface Start {
  readonly runtime?: Runtime;
  /** Of Node.js. */
  readonly flags?: readonly string[];
  /** The `application_log_level` of the function's logging configuration. */
  readonly logLevel?: string;
  readonly timeoutSeconds?: number;
}

const memoryMegabytes = 512;
/** Retries come at once, and delays are the same in each run. */
const withoutRandom = "--import=data:text/javascript,Math.random=()=>0";

/**
 * A function in the environment of a runScenarios, and in Lambda's.
 * @param folder with the layer and the runtime clients
 */
export function lambdaFunction(
  folder: string,
  taskRoot: string,
  { functionName, environment }: Pick<ScenarioGroup, "functionName" | "environment">,
  endpoint: string,
  start: Start = {},
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
      ...environment,
      // deploy/30_app configures both alike.
      ...(start.logLevel !== undefined && { LOG_LEVEL: start.logLevel }),
    },
  });
}
