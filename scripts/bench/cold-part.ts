import { measureColdStarts, type ColdSample, type HttpCase } from "./cold";
import { methods, type Method } from "./events";
import { lambdaEnvironment } from "./lambda-environment";
import { roundsOf, type BenchContext, type Measured } from "./part";
import { prepareFunction, type PreparedFunction } from "./prepare";
import type { Comparison, Figure } from "./results";
import { shapes, type ShapeName } from "./shapes";
import { ratio, summarize } from "./statistics";

const rounds = 20;

interface ColdTarget {
  readonly of: ShapeName;
  readonly against: ShapeName;
  /** None where it is only told. */
  readonly atMost?: number;
}

const targets: readonly ColdTarget[] = [
  { of: "our recipe", against: "Hono", atMost: 0.35 },
  { of: "our recipe", against: "Express, raw layer", atMost: 0.15 },
  { of: "our recipe + sqs, logger, metrics", against: "Hono + sqs, logger, metrics", atMost: 0.45 },
  { of: "our recipe + all", against: "Express, raw layer + all", atMost: 0.2 },
  { of: "ours", against: "Express, raw layer + what ours has" },
  { of: "ours", against: "Hono + what ours has" },
  { of: "ours, with a memory limit", against: "ours" },
];

/** Cold starts of the deployed API and of peers. */
export async function coldPart(context: BenchContext): Promise<Measured> {
  const functions: PreparedFunction[] = [];
  for (const shape of shapes) {
    context.report(`preparing ${shape.name}`);
    functions.push(await prepareFunction(shape, context.folder));
  }
  const env = await lambdaEnvironment("api", context.stub.endpoint);
  const samples = await measureColdStarts(functions, env, roundsOf(context, rounds));
  return {
    figures: [...timeFigures(samples), ...sizeFigures(functions)],
    comparisons: comparisonsOf(samples),
  };
}

const timeFigures = (samples: ReadonlyMap<HttpCase, readonly ColdSample[]>): Figure[] =>
  [...samples].flatMap(
    ([
      {
        function: { shape },
        method,
      },
      taken,
    ]) => {
      const figure = (measure: string, unit: Figure["unit"], of: (sample: ColdSample) => number): Figure => ({
        subject: shape.name,
        measure: `${method} ${measure}`,
        unit,
        ...summarize(taken.map(of)),
      });
      return [
        figure("over", "ms", ({ over }) => over),
        figure("load", "ms", ({ load }) => load),
        figure("first event", "ms", ({ firstEvent }) => firstEvent),
        figure("memory", "MB", ({ memoryBytes }) => memoryBytes / 1e6),
      ];
    },
  );

const sizeFigures = (functions: readonly PreparedFunction[]): Figure[] =>
  functions.flatMap(({ shape, codeZipBytes, layerZipBytes }) => {
    const size = (measure: string, bytes: number): Figure => ({
      subject: shape.name,
      measure,
      unit: "KB",
      ...summarize([bytes / 1024]),
    });
    return [size("function zip", codeZipBytes), size("layer zip", layerZipBytes)];
  });

function comparisonsOf(samples: ReadonlyMap<HttpCase, readonly ColdSample[]>): Comparison[] {
  const overOf = (name: ShapeName, method: Method) =>
    [...samples]
      .filter(([of]) => of.function.shape.name === name && of.method === method)
      .flatMap(([, taken]) => taken.map(({ over }) => over));
  return targets.flatMap(({ of, against, atMost }) =>
    methods.map((method) => ({
      what: `cold ${method}: ${of} / ${against}`,
      target: atMost,
      ...ratio(overOf(of, method), overOf(against, method)),
    })),
  );
}
