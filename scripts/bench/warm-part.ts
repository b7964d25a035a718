import * as z from "zod";
import { methods } from "./events";
import { httpCases, measureHttp, samplesOf, type HttpCase } from "./http-case";
import { lambdaEnvironment } from "./lambda-environment";
import { roundsOf, type BenchContext, type Measured } from "./part";
import { prepareAll } from "./prepare";
import type { Comparison, Figure } from "./results";
import { interleaved } from "./rounds";
import { shapes, type ShapeName, type Target } from "./shapes";
import { ratio, summarize } from "./statistics";

const rounds = 10;

/** Alike for all that answer by themselves; a POST that calls AWS three times takes as long as a hundred of theirs. */
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
type WarmSamples = ReadonlyMap<HttpCase, readonly z.output<typeof warmSample>[]>;

/** What a request costs once the function is warm: the deployed API and peers. */
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
  const samples: WarmSamples = await interleaved(
    httpCases(functions),
    async (of) => warmSample.parse(await measureHttp(of, "warm", env, loads.get(of.function.shape))),
    roundsOf(context, rounds),
  );
  return { figures: figuresOf(samples), comparisons: comparisonsOf(samples) };
}

const figuresOf = (samples: WarmSamples): Figure[] =>
  [...samples].flatMap(
    ([
      {
        function: { shape },
        method,
      },
      taken,
    ]) => [
      {
        subject: shape.name,
        measure: `${method} CPU`,
        unit: "µs",
        ...summarize(taken.map(({ cpu }) => cpu)),
      },
      {
        subject: shape.name,
        measure: `${method} wall`,
        unit: "µs",
        ...summarize(taken.map(({ wall }) => wall)),
      },
    ],
  );

/** The targets are for POST; of GET it is told. */
const comparisonsOf = (samples: WarmSamples): Comparison[] =>
  targets.flatMap(({ of, against, atMost }) =>
    methods.map((method) => ({
      what: `warm ${method} CPU: ${of} / ${against}`,
      target: method === "POST" ? atMost : undefined,
      ...ratio(
        samplesOf(samples, of, method, ({ cpu }) => cpu),
        samplesOf(samples, against, method, ({ cpu }) => cpu),
      ),
    })),
  );
