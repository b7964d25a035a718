import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetQueueAttributesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { apiAddress } from "../../packages/local-cloud/src/api-address";
import type { AppOutputs } from "../../scripts/local/applied";
import { localClientConfig } from "../../packages/local-cloud/src/aws-clients";
import { deployLocally } from "../../scripts/local/deploy-locally";
import { localPaths } from "../../packages/local-cloud/src/local-paths";
import { StepReporter } from "../../packages/local-cloud/src/step-reporter";
import { stopOnInterrupt } from "../../packages/local-cloud/src/interrupt";
import { openLocalCloud, type LocalCloud, type LocalCloudOptions } from "../../scripts/local/local-cloud";
import { freePort } from "../../packages/aws-stub/src/loopback";
import { queueNotDrained } from "./errors";
import { loadApi } from "./http-load";
import type { BenchContext, Measured } from "./part";
import type { Figure } from "./results";
import { summarize } from "./statistics";

const environment = "dev";
const pollMilliseconds = 250;
const longestDrainSeconds = 900;

/** Phases that record their durations. */
class TimedPhases extends StepReporter {
  readonly seconds = new Map<string, number>();

  override async run<T>(name: string, work: (report: (line: string) => void) => Promise<T>): Promise<T> {
    const started = performance.now();
    const result = await super.run(name, work);
    this.seconds.set(name, (performance.now() - started) / 1000);
    return result;
  }
}

/** Measures the first deployment onto an empty emulator, an unchanged second start, and load on the deployed service. */
export async function deployPart({ quick, folder, report }: BenchContext): Promise<Measured> {
  const LOCAL_CLOUD_HOME = join(folder, "local-cloud");
  mkdirSync(LOCAL_CLOUD_HOME);
  const paths = localPaths({ ...process.env, LOCAL_CLOUD_HOME });
  const phases = new TimedPhases(report);
  const interrupted = stopOnInterrupt();
  const options = { paths, environment, port: await freePort(), steps: phases, signal: interrupted };
  await withStartedCloud(options, () => {
    interrupted.throwIfAborted();
  });
  const again = performance.now();
  // Before the load, since the emulator would have to read its tasks.
  const figures = await withStartedCloud(
    { ...options, steps: new TimedPhases(report) },
    async (cloud, outputs) => {
      const unchanged = secondsFigure("npm start, unchanged", (performance.now() - again) / 1000);
      interrupted.throwIfAborted();
      return [unchanged, ...(await loadFigures(cloud, outputs, quick ? 3 : 15, report, interrupted))];
    },
  );
  return { figures: [...phaseFigures(phases), ...figures], comparisons: [] };
}

/** Runs work on a cloud that is started as by `npm start`, and stops it afterwards. */
async function withStartedCloud<T>(
  options: LocalCloudOptions,
  work: (cloud: LocalCloud, outputs: AppOutputs) => T | Promise<T>,
): Promise<T> {
  const cloud = await openLocalCloud(options);
  try {
    return await work(cloud, await deployLocally(cloud, options));
  } finally {
    await cloud.close();
  }
}

const secondsFigure = (subject: string, seconds: number): Figure => ({
  subject,
  measure: "seconds",
  unit: "s",
  ...summarize([seconds]),
});

const phaseFigures = ({ seconds }: TimedPhases): Figure[] =>
  [...seconds].map(([phase, took]) => secondsFigure(`npm start: ${phase}`, took));

async function loadFigures(
  cloud: LocalCloud,
  outputs: AppOutputs,
  seconds: number,
  report: (line: string) => void,
  interrupted: AbortSignal,
): Promise<Figure[]> {
  const base = apiAddress(outputs.api_url, cloud.target.endpoint);
  report("GET /health");
  const gets = await loadApi(base, "GET", seconds);
  report("POST /tasks");
  const started = performance.now();
  const posts = await loadApi(base, "POST", seconds);
  await untilEmpty(cloud, outputs, report, interrupted);
  const drained = posts.succeeded / ((performance.now() - started) / 1000);
  return [
    ...gets.figures,
    ...posts.figures,
    { subject: "tasks done", measure: "throughput", unit: "/s", ...summarize([drained]) },
  ];
}

/** Waits until the worker has processed all tasks. */
async function untilEmpty(
  cloud: LocalCloud,
  outputs: AppOutputs,
  report: (line: string) => void,
  interrupted: AbortSignal,
): Promise<void> {
  const sqs = new SQSClient(localClientConfig(cloud.target));
  const QueueUrl = await taskQueueUrl(cloud, outputs);
  const deadline = performance.now() + longestDrainSeconds * 1000;
  for (;;) {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl,
        AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
      }),
    );
    const left = Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
    if (left === 0) return;
    if (performance.now() > deadline) throw queueNotDrained(left, longestDrainSeconds);
    report(`${left} tasks left`);
    await delay(pollMilliseconds, undefined, { signal: interrupted });
  }
}

/** The URL of the task queue, from the environment variables of the deployed worker. */
async function taskQueueUrl({ target }: LocalCloud, outputs: AppOutputs): Promise<string | undefined> {
  const lambda = new LambdaClient(localClientConfig(target));
  const FunctionName = outputs.worker_function_name;
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  return Environment?.Variables?.TASK_QUEUE_URL;
}
