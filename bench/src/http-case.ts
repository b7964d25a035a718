import * as z from "zod";
import { unexpectedResponse } from "./errors";
import { expectedStatus, httpEvent, methods, type Method } from "./events";
import { figuresOf, type Measure } from "./figures";
import { measureInFreshProcess } from "./fresh-process";
import type { PreparedFunction } from "./prepare";
import type { Comparison, Figure } from "./results";
import type { ShapeName, Target } from "./shapes";
import { ratio } from "./statistics";

/** A function and the method of its request. */
export interface HttpCase {
  readonly function: PreparedFunction;
  readonly method: Method;
}

/** All functions with all methods. */
export const httpCases = (functions: readonly PreparedFunction[]): HttpCase[] =>
  functions.flatMap((prepared) => methods.map((method) => ({ function: prepared, method })));

/**
 * Sends a function many requests in a fresh process.
 * @returns the result of the runner
 * @throws {LocalCloudError} when the response is not the expected one
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
    throw unexpectedResponseOf(of, String(error));
  });
  checkResponse(of, withResponse.parse(found).response);
  return found;
}

/** @throws {LocalCloudError} when the response is not the expected one, which is the same for all shapes */
export function checkResponse(of: HttpCase, response: unknown): void {
  if (!isExpected(of.method, response)) throw unexpectedResponseOf(of, JSON.stringify(response));
}

const unexpectedResponseOf = ({ function: { shape }, method }: HttpCase, found: string) =>
  unexpectedResponse(shape.name, method, expectedStatus[method], found);

const withResponse = z.object({ response: z.unknown() });
const httpResponse = z.object({ statusCode: z.number(), body: z.string() });
const bodies = {
  GET: z.object({ status: z.literal("ok") }),
  POST: z.object({
    id: z.string(),
    type: z.literal("echo"),
    payload: z.object({ message: z.literal("hello") }),
  }),
};

function isExpected(method: Method, response: unknown): boolean {
  const { data } = httpResponse.safeParse(response);
  return (
    data?.statusCode === expectedStatus[method] && bodies[method].safeParse(JSON.parse(data.body)).success
  );
}

type HttpSamples<Sample> = ReadonlyMap<HttpCase, readonly Sample[]>;

/** @param measures whose names are prefixed by the method */
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

/** The ratios to compute, and the methods that have a target. */
interface HttpComparison<Sample> {
  readonly targets: readonly Target[];
  readonly targeted: readonly Method[];
  /** `cold POST` */
  readonly name: (method: Method) => string;
  readonly number: (sample: Sample) => number;
}

/** The ratios of the targets, for each method. */
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

/** A number of each sample of a shape and method. */
const samplesOf = <Sample>(
  samples: HttpSamples<Sample>,
  shape: ShapeName,
  method: Method,
  number: (sample: Sample) => number,
): number[] =>
  [...samples]
    .filter(([of]) => of.function.shape.name === shape && of.method === method)
    .flatMap(([, taken]) => taken.map(number));
