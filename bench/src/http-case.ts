import * as z from "zod";
import { wrongAnswer } from "./errors";
import { expectedStatus, httpEvent, methods, type Method } from "./events";
import { figuresOf, type Measure } from "./figures";
import { measureInFreshProcess } from "./fresh-process";
import type { PreparedFunction } from "./prepare";
import type { Comparison, Figure } from "./results";
import type { ShapeName, Target } from "./shapes";
import { ratio } from "./statistics";

/** A function and the request that it answers. */
export interface HttpCase {
  readonly function: PreparedFunction;
  readonly method: Method;
}

/** Every function with every method. */
export const httpCases = (functions: readonly PreparedFunction[]): HttpCase[] =>
  functions.flatMap((prepared) => methods.map((method) => ({ function: prepared, method })));

/**
 * Has a warm function answer its request many times, in a fresh process.
 * @returns what the runner found
 * @throws {LocalCloudError} when the answer is not the one that all shapes give
 */
export async function measureWarm(
  of: HttpCase,
  env: Readonly<Record<string, string>>,
  input: Readonly<Record<string, unknown>> = {},
): Promise<unknown> {
  const { taskRoot, opt } = of.function;
  const found = await measureInFreshProcess({
    runner: "warm",
    taskRoot,
    opt,
    input: { ...input, event: httpEvent(of.method) },
    env,
  }).catch((error: unknown) => {
    throw wrongAnswerOf(of, String(error));
  });
  checkAnswer(of, withAnswer.parse(found).answer);
  return found;
}

/** @throws {LocalCloudError} when the answer is not the one that all shapes give */
export function checkAnswer(of: HttpCase, answer: unknown): void {
  if (!isRight(of.method, answer)) throw wrongAnswerOf(of, JSON.stringify(answer));
}

const wrongAnswerOf = ({ function: { shape }, method }: HttpCase, found: string) =>
  wrongAnswer(shape.name, method, expectedStatus[method], found);

const withAnswer = z.object({ answer: z.unknown() });
const httpAnswer = z.object({ statusCode: z.number(), body: z.string() });
const bodies = {
  GET: z.object({ status: z.literal("ok") }),
  POST: z.object({
    id: z.string(),
    type: z.literal("echo"),
    payload: z.object({ message: z.literal("hello") }),
  }),
};

function isRight(method: Method, answer: unknown): boolean {
  const { data } = httpAnswer.safeParse(answer);
  return (
    data?.statusCode === expectedStatus[method] && bodies[method].safeParse(JSON.parse(data.body)).success
  );
}

type HttpSamples<Sample> = ReadonlyMap<HttpCase, readonly Sample[]>;

/** @param measures named without the method, which is put before each */
export const httpFigures = <Sample>(
  samples: HttpSamples<Sample>,
  measures: readonly Measure<Sample>[],
): Figure[] =>
  [...samples].flatMap(
    ([
      {
        function: { shape },
        method,
      },
      taken,
    ]) =>
      figuresOf(
        shape.name,
        taken,
        measures.map((measure) => ({ ...measure, name: `${method} ${measure.name}` })),
      ),
  );

/** What is compared, and for which methods there is a target. */
interface HttpComparison<Sample> {
  readonly targets: readonly Target[];
  readonly targeted: readonly Method[];
  /** `cold POST` */
  readonly name: (method: Method) => string;
  readonly number: (sample: Sample) => number;
}

/** The ratios that targets name, for each method. */
export const httpComparisons = <Sample>(
  samples: HttpSamples<Sample>,
  { targets, targeted, name, number }: HttpComparison<Sample>,
): Comparison[] =>
  targets.flatMap(({ of, against, atMost }) =>
    methods.map((method) => ({
      what: `${name(method)}: ${of} / ${against}`,
      target: targeted.includes(method) ? (typeof atMost === "object" ? atMost[method] : atMost) : undefined,
      ...ratio(samplesOf(samples, of, method, number), samplesOf(samples, against, method, number)),
    })),
  );

/** The samples of one shape and method, each by a number of it. */
const samplesOf = <Sample>(
  samples: HttpSamples<Sample>,
  shape: ShapeName,
  method: Method,
  number: (sample: Sample) => number,
): number[] =>
  [...samples]
    .filter(([of]) => of.function.shape.name === shape && of.method === method)
    .flatMap(([, taken]) => taken.map(number));
