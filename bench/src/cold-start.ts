import { join } from "node:path";
import * as z from "zod";
import { runtime as deployedRuntime } from "../../deploy/30_app/lambda/runtime";
import { lambdaFlags } from "../../packages/lambda-layer/src/lambda-flags";
import { LambdaFunction } from "../../packages/lambda-runtime/src/lambda-function";
import { runtimes, writeRuntime } from "../../packages/lambda-runtime/src/runtimes";
import { httpEvent } from "./events";
import { checkResponse, type HttpCase } from "./http-case";
import { peersFolder } from "./paths";
import { callsAws } from "./shapes";

/** Microseconds of the monotonic clock, which V8's profiles use, and of CPU of all threads. */
const moment = z.object({ at: z.number(), cpu: z.number() });
export type Moment = z.output<typeof moment>;
/** The line that bench/peers/runners/measured-client.cjs logs. */
const measuredLine = z.object({
  moments: z.object({
    /** The runtime client is about to load the function. */
    ready: moment,
    /** The client requests an event. */
    loaded: moment,
    /** The client has the event. */
    received: moment,
    /** The client is about to post the response. */
    responded: moment,
  }),
  /** Resident memory after the first event. */
  memoryBytes: z.number(),
});
export type ColdStart = z.output<typeof measuredLine>;

/** The environment of cold starts. */
export interface ColdStarts {
  readonly env: Readonly<Record<string, string>>;
  /** Folder of the runtime client. */
  readonly runtimeFolder: string;
}

const [runtime = runtimes[0]] = runtimes.filter(({ identifier }) => identifier === deployedRuntime);
const timeoutSeconds = 30;

/** Writes AWS's runtime client with the measuring module into a folder. */
export function measuredRuntime(folder: string): string {
  const runtimeFolder = join(folder, "runtime");
  writeRuntime(runtimeFolder, runtime.client, join(peersFolder, "runners", "measured-client.cjs"));
  return runtimeFolder;
}

/**
 * Starts a function by AWS's runtime client, and sends it one event.
 * @param measuringFlags flags of Node.js in addition to Lambda's
 * @throws {LocalCloudError} when the response is not the expected one
 */
export async function coldStart(
  of: HttpCase,
  { env, runtimeFolder }: ColdStarts,
  measuringFlags: readonly string[] = [],
): Promise<ColdStart> {
  const { method } = of;
  const { shape, taskRoot, opt } = of.function;
  const flags = shape.withoutFlags ? [] : lambdaFlags(Number(env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE));
  const lambda = new LambdaFunction({
    runtime,
    runtimeFolder,
    taskRoot,
    opt,
    flags: [...flags, ...measuringFlags],
    timeoutSeconds,
    environment: { ...env, ...(method === "POST" && callsAws(shape) && { BENCH_CALLS_AWS: "1" }) },
  });
  try {
    const outcome = await lambda.invoke(httpEvent(method), "5f0f7a3c-6a0e-4a86-9d3e-0d6f6b0c1a11");
    checkResponse(of, "response" in outcome ? outcome.response : outcome);
    const measured = outcome.log.find((line) => line.startsWith('{"moments":'));
    return measuredLine.parse(JSON.parse(measured ?? "null"));
  } finally {
    await lambda.stop();
  }
}
