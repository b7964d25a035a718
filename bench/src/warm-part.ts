import * as z from "zod";
import type { Measure } from "./figures";
import { httpCases, httpComparisons, httpFigures, measureWarm } from "./http-case";
import { lambdaEnvironment } from "./lambda-environment";
import { roundsOf, type BenchContext, type Measured } from "./part";
import { prepareAll } from "./prepare";
import { interleaved } from "./rounds";
import { shapes, type ShapeName, type Target } from "./shapes";

const rounds = 10;

/** Events of functions that do not call AWS. A POST with three calls to AWS takes a hundred times as long. */
const alone = { warmUp: 2_000, times: 3_000 };
const withAws = { warmUp: 200, times: 200 };

const subjects: Readonly<Partial<Record<ShapeName, typeof alone>>> = {
  ours: withAws,
  "Express, bundle + what ours has": withAws,
  "our API without AWS": alone,
  "our recipe": alone,
  "Express, bundle": alone,
  Fastify: alone,
  Hono: alone,
  "Powertools router": alone,
  "bare handler": alone,
};

const targets: readonly Target[] = [
  { of: "our recipe", against: "Express, bundle", atMost: 0.5 },
  { of: "our recipe", against: "Fastify", atMost: 1 },
  { of: "our API without AWS", against: "Express, bundle" },
  { of: "our recipe", against: "Hono" },
  { of: "our recipe", against: "Powertools router" },
  { of: "ours", against: "Express, bundle + what ours has" },
];

/** Microseconds of a request. */
const warmSample = z.object({ cpu: z.number(), wall: z.number() });

const measures: readonly Measure<z.output<typeof warmSample>>[] = [
  { name: "CPU", unit: "µs", of: ({ cpu }) => cpu },
  { name: "wall", unit: "µs", of: ({ wall }) => wall },
];

/** Measures the cost of a request to a warm function, for the deployed API and for peers. */
export async function warmPart(context: BenchContext): Promise<Measured> {
  const measured = shapes.flatMap((shape) => {
    const load = Object.entries(subjects).find(([name]) => name === shape.name)?.[1];
    return load === undefined ? [] : [{ shape, load }];
  });
  const functions = await prepareAll(
    measured.map(({ shape }) => shape),
    context,
  );
  const env = await lambdaEnvironment("api", context.stub.endpoint);
  const loads = new Map(measured.map(({ shape, load }) => [shape, load]));
  const samples = await interleaved(
    httpCases(functions),
    async (of) => warmSample.parse(await measureWarm(of, env, loads.get(of.function.shape))),
    roundsOf(context, rounds),
  );
  return {
    figures: httpFigures(samples, measures),
    comparisons: httpComparisons(samples, {
      targets,
      // GET has no target.
      targeted: ["POST"],
      name: (method) => `warm ${method} CPU`,
      number: ({ cpu }) => cpu,
    }),
  };
}
