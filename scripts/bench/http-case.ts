import * as z from "zod";
import { wrongAnswer } from "./errors";
import { expectedStatus, httpEvent, methods, type Method } from "./events";
import { measureInFreshProcess, type FreshProcess } from "./fresh-process";
import type { PreparedFunction } from "./prepare";
import type { ShapeName } from "./shapes";

/** A function and the request that it answers. */
export interface HttpCase {
  readonly function: PreparedFunction;
  readonly method: Method;
}

/** Every function with every method. */
export const httpCases = (functions: readonly PreparedFunction[]): HttpCase[] =>
  functions.flatMap((prepared) => methods.map((method) => ({ function: prepared, method })));

/**
 * Has a function answer its request in a fresh process, once or many times.
 * @returns what the runner found
 * @throws {LocalCloudError} when the answer is not the one that all shapes give
 */
export async function measureHttp(
  { function: { shape, file, nodePath }, method }: HttpCase,
  runner: FreshProcess["runner"],
  env: Readonly<Record<string, string>>,
  input: Readonly<Record<string, unknown>> = {},
): Promise<unknown> {
  const found = await measureInFreshProcess({
    runner,
    input: { ...input, file, event: httpEvent(method) },
    env: { ...env, NODE_PATH: nodePath },
    nodeFlags: shape.nodeFlags,
  }).catch((error: unknown) => {
    throw wrongAnswer(shape.name, method, expectedStatus[method], String(error));
  });
  const { answer } = withAnswer.parse(found);
  if (!isRight(method, answer))
    throw wrongAnswer(shape.name, method, expectedStatus[method], JSON.stringify(answer));
  return found;
}

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

/** The samples of one shape and method, each by a number of it. */
export const samplesOf = <Sample>(
  samples: ReadonlyMap<HttpCase, readonly Sample[]>,
  shape: ShapeName,
  method: Method,
  number: (sample: Sample) => number,
): number[] =>
  [...samples]
    .filter(([of]) => of.function.shape.name === shape && of.method === method)
    .flatMap(([, taken]) => taken.map(number));
