import * as z from "zod";
import { wrongAnswer } from "./errors";
import { expectedStatus, httpEvent, methods, type Method } from "./events";
import { measureInFreshProcess } from "./fresh-process";
import type { PreparedFunction } from "./prepare";
import { interleaved, type RoundsOptions } from "./rounds";

const coldSample = z.object({
  /** Milliseconds to load the function's module. */
  load: z.number(),
  /** Milliseconds from there to the answer of the first event. */
  firstEvent: z.number(),
  /** Both: milliseconds that the function adds to a cold start. */
  over: z.number(),
  /** Resident memory after the first event. */
  memoryBytes: z.number(),
  answers: z.array(z.unknown()),
});
export type ColdSample = z.output<typeof coldSample>;

/** A function and the request that it answers. */
export interface HttpCase {
  readonly function: PreparedFunction;
  readonly method: Method;
}

/** Cold starts of every function with every method, a fresh process each. */
export function measureColdStarts(
  functions: readonly PreparedFunction[],
  env: Readonly<Record<string, string>>,
  options: RoundsOptions,
): Promise<Map<HttpCase, ColdSample[]>> {
  return interleaved(httpCases(functions), (of) => coldStart(of, env), options);
}

export const httpCases = (functions: readonly PreparedFunction[]): HttpCase[] =>
  functions.flatMap((prepared) => methods.map((method) => ({ function: prepared, method })));

async function coldStart(
  { function: { shape, file, nodePath }, method }: HttpCase,
  env: Readonly<Record<string, string>>,
): Promise<ColdSample> {
  const found = await measureInFreshProcess({
    runner: "cold",
    input: { file, event: httpEvent(method) },
    env: { ...env, NODE_PATH: nodePath },
    nodeFlags: shape.nodeFlags,
  }).catch((error: unknown) => {
    throw wrongAnswer(shape.name, method, expectedStatus[method], String(error));
  });
  const sample = coldSample.parse(found);
  assertAnswers(shape.name, method, sample.answers);
  return sample;
}

const answered = z.object({ statusCode: z.number(), body: z.string() });
const bodies = {
  GET: z.object({ status: z.literal("ok") }),
  POST: z.object({
    id: z.string(),
    type: z.literal("echo"),
    payload: z.object({ message: z.literal("hello") }),
  }),
};

/** @throws {LocalCloudError} when an answer is not the one that all shapes give */
export function assertAnswers(shape: string, method: Method, answers: readonly unknown[]): void {
  for (const answer of answers) {
    const { data } = answered.safeParse(answer);
    const isRight =
      data?.statusCode === expectedStatus[method] && bodies[method].safeParse(JSON.parse(data.body)).success;
    if (!isRight) throw wrongAnswer(shape, method, expectedStatus[method], JSON.stringify(answer));
  }
}
