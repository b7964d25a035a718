import * as fc from "fast-check";
import type { TaskRevision } from "../../shared/tasks/task-repository";
import { processBatch } from "./process-batch";
import { simulate, type Situation } from "../testing/simulated-queue";

beforeAll(() => {
  // A handler that never ends would keep Node running until its timeout.
  jest.useFakeTimers({ doNotFake: ["nextTick", "queueMicrotask"] });
});
afterAll(() => jest.useRealTimers());

/** mulberry32: the same numbers for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const situation = (killers: fc.Arbitrary<number>, innocents: fc.Arbitrary<number>): fc.Arbitrary<Situation> =>
  fc.record({
    killers,
    innocents,
    end: fc.constantFrom("exit", "loop"),
    workers: fc.integer({ min: 1, max: 10 }),
    handlerMilliseconds: fc.integer({ min: 1, max: 1_000 }),
    random: fc.integer().map(randomOf),
  });

const onlyKillersFail = (process: typeof processBatch) => async (given: Situation) => {
  const { killers, innocents } = given;
  expect(await simulate(process, given)).toEqual({
    innocentsSucceeded: innocents,
    innocentDeadLetters: 0,
    killerDeadLetters: killers,
  });
};

test("of a batch of ten with one task that ends its worker, that one fails and the nine others succeed", async () => {
  const oneInTen = situation(fc.constant(1), fc.constant(9));
  await fc.assert(fc.asyncProperty(oneInTen, onlyKillersFail(processBatch)), { numRuns: 100 });
});

test("of a hundred tasks of which up to ten end their worker, only those fail", async () => {
  const several = situation(fc.integer({ min: 1, max: 10 }), fc.constant(90));
  await fc.assert(fc.asyncProperty(several, onlyKillersFail(processBatch)), { numRuns: 30 });
});

/** A worker that runs interrupted tasks together with others. */
const withoutSuspects: typeof processBatch = (records, settings, { repository, ...dependencies }) =>
  processBatch(records, settings, {
    ...dependencies,
    repository:
      repository &&
      new Proxy(repository, {
        get: (target, name): unknown =>
          name === "claim"
            ? (message: TaskRevision, leaseEnds: Date) => target.claim(message, leaseEnds, true)
            : Reflect.get(target, name),
      }),
  });

test("if interrupted tasks do not run alone, the others of the batch become dead letters, too", async () => {
  const oneInTen = situation(fc.constant(1), fc.constant(9));
  const found = await fc.check(fc.asyncProperty(oneInTen, onlyKillersFail(withoutSuspects)), { numRuns: 20 });
  expect(found).toMatchObject({ failed: true });
});
