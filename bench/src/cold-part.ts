import { coldStart, measuredRuntime, type ColdStart, type Moment } from "./cold-start";
import { methods } from "./events";
import type { Measure } from "./figures";
import { httpCases, httpComparisons, httpFigures } from "./http-case";
import { lambdaEnvironment } from "./lambda-environment";
import { roundsOf, type BenchContext, type Measured } from "./part";
import { prepareAll, type PreparedFunction } from "./prepare";
import type { Figure } from "./results";
import { interleaved } from "./rounds";
import { shapes, type Target } from "./shapes";
import { summarize } from "./statistics";

const rounds = 20;

const targets: readonly Target[] = [
  { of: "our recipe", against: "Hono", atMost: 0.35 },
  { of: "our recipe", against: "Express, raw layer", atMost: 0.15 },
  { of: "our recipe + sqs, logger, metrics", against: "Hono + sqs, logger, metrics", atMost: 0.45 },
  { of: "our recipe + all", against: "Hono + all" },
  { of: "our recipe + all", against: "Express, raw layer + all", atMost: 0.2 },
  { of: "ours", against: "Express, raw layer + what ours has", atMost: 0.2 },
  { of: "ours", against: "Hono + what ours has", atMost: { GET: 0.32, POST: 0.48 } },
  { of: "our API without AWS", against: "Hono" },
  { of: "our recipe", against: "Hono, zod/mini", atMost: 0.35 },
  { of: "ours", against: "Hono + what ours has, zod/mini", atMost: 0.45 },
  { of: "our recipe, without flags", against: "Hono, without flags", atMost: 0.35 },
  { of: "ours, without flags", against: "Hono + what ours has, without flags", atMost: 0.45 },
];

/** Times of the function's module, and of the first event. */
const load = ({ moments: { ready, loaded } }: ColdStart, unit: keyof Moment) => loaded[unit] - ready[unit];
const firstEvent = ({ moments: { received, responded } }: ColdStart, unit: keyof Moment) =>
  responded[unit] - received[unit];
const over = (start: ColdStart, unit: keyof Moment) => load(start, unit) + firstEvent(start, unit);

const measures: readonly Measure<ColdStart>[] = [
  { name: "over", unit: "ms", of: (start) => over(start, "at") / 1000 },
  { name: "load", unit: "ms", of: (start) => load(start, "at") / 1000 },
  { name: "first event", unit: "ms", of: (start) => firstEvent(start, "at") / 1000 },
  { name: "CPU", unit: "ms", of: (start) => over(start, "cpu") / 1000 },
  { name: "memory", unit: "MB", of: ({ memoryBytes }) => memoryBytes / 1e6 },
];

/** Measures cold starts of the deployed API and of peers, each in a fresh process. */
export async function coldPart(context: BenchContext): Promise<Measured> {
  const functions = await prepareAll(shapes, context);
  const starts = {
    runtimeFolder: measuredRuntime(context.folder),
    env: await lambdaEnvironment("api", context.stub.endpoint),
  };
  const samples = await interleaved(
    httpCases(functions),
    (of) => coldStart(of, starts),
    roundsOf(context, rounds),
  );
  return {
    figures: [...httpFigures(samples, measures), ...sizeFigures(functions)],
    comparisons: httpComparisons(samples, {
      targets,
      targeted: methods,
      name: (method) => `cold ${method}`,
      number: (start) => over(start, "at"),
    }),
  };
}

const sizeFigures = (functions: readonly PreparedFunction[]): Figure[] =>
  functions.flatMap(({ shape: { name: subject }, codeZipBytes, layerZipBytes }) => [
    { subject, measure: "function zip", unit: "KB", ...summarize([codeZipBytes / 1024]) },
    { subject, measure: "layer zip", unit: "KB", ...summarize([layerZipBytes / 1024]) },
  ]);
