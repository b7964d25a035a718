import * as z from "zod";
import { aMessage, aRecord } from "../../functions/shared/testing/builders";
import { unexpectedBatchResponse } from "./errors";
import { figuresOf, type Measure } from "./figures";
import { measureInFreshProcess } from "./fresh-process";
import { lambdaEnvironment } from "./lambda-environment";
import { roundsOf, type BenchContext, type Measured } from "./part";
import { prepareAll, type PreparedFunction } from "./prepare";
import { interleaved } from "./rounds";
import type { Shape } from "./shapes";
import { ratio } from "./statistics";

const rounds = 10;
const batchSize = 10;
const load = { warmUp: 2_000, times: 3_000 };

const ours = "ours, nothing logged";
const logged = "ours, a line for each task";
const batchProcessor = "Powertools BatchProcessor";
const compiledBatchProcessor = "Powertools BatchProcessor, compiled schema";
const loggedBatchProcessor = "Powertools BatchProcessor, a line for each task";
const plainLoop = "plain loop";

/** The built worker without a table makes no calls to AWS, so that only the loop around the task is measured. */
const subjects: readonly (Shape & { readonly env?: Readonly<Record<string, string>> })[] = [
  {
    name: ours,
    packaging: { by: "build", service: "worker" },
    env: { LOG_LEVEL: "ERROR", AWS_LAMBDA_LOG_LEVEL: "ERROR" },
  },
  { name: logged, packaging: { by: "build", service: "worker" } },
  { name: batchProcessor, packaging: { by: "file", path: "worker/batch-processor.mjs" } },
  { name: compiledBatchProcessor, packaging: { by: "file", path: "worker/batch-processor-compiled.mjs" } },
  { name: loggedBatchProcessor, packaging: { by: "file", path: "worker/batch-processor-logged.mjs" } },
  { name: plainLoop, packaging: { by: "file", path: "worker/plain-loop.mjs" } },
];

/** Microseconds of a batch. */
const sample = z.object({ cpu: z.number(), wall: z.number(), response: z.unknown() });
const measures: readonly Measure<Awaited<ReturnType<typeof costOfMessage>>>[] = [
  { name: "CPU of a message", unit: "µs", of: ({ cpu }) => cpu },
  { name: "wall of a message", unit: "µs", of: ({ wall }) => wall },
];
const withoutFailures = z.object({ batchItemFailures: z.array(z.unknown()).length(0) });

/** Measures the cost of a message for the worker, for Powertools' batch utility and for a plain loop, with echo tasks. */
export async function workerPart(context: BenchContext): Promise<Measured> {
  const functions = await prepareAll(subjects, context);
  const env = withoutTable(await lambdaEnvironment("worker", context.stub.endpoint));
  const event = { Records: Array.from({ length: batchSize }, () => aRecord(aMessage())) };
  const samples = await interleaved(
    functions,
    (of) => costOfMessage(of, { ...env, ...ownEnv(of) }, event),
    roundsOf(context, rounds),
  );
  const cpuOf = (name: string) =>
    [...samples].filter(([of]) => of.shape.name === name).flatMap(([, taken]) => taken.map(({ cpu }) => cpu));
  const ratioTo = (of: string, other: string, target?: number) => ({
    what: `worker CPU of a message: ${of} / ${other}`,
    target,
    ...ratio(cpuOf(of), cpuOf(other)),
  });
  return {
    figures: [...samples].flatMap(([{ shape }, taken]) => figuresOf(shape.name, taken, measures)),
    comparisons: [
      ratioTo(ours, batchProcessor, 0.7),
      ratioTo(ours, compiledBatchProcessor),
      ratioTo(logged, loggedBatchProcessor),
      ratioTo(ours, plainLoop),
    ],
  };
}

const withoutTable = (env: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => name !== "TABLE_NAME"));

const ownEnv = ({ shape }: PreparedFunction) => subjects.find(({ name }) => name === shape.name)?.env;

async function costOfMessage(
  { shape, taskRoot, opt }: PreparedFunction,
  env: Readonly<Record<string, string>>,
  event: object,
) {
  const found = await measureInFreshProcess({
    runner: "warm",
    taskRoot,
    opt,
    input: { ...load, event },
    env,
  });
  const { cpu, wall, response } = sample.parse(found);
  if (!withoutFailures.safeParse(response).success)
    throw unexpectedBatchResponse(shape.name, JSON.stringify(response));
  return { cpu: cpu / batchSize, wall: wall / batchSize };
}
