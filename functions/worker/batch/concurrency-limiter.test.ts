import { flaky } from "../testing/sample-task-types";
import { ConcurrencyLimiter } from "./concurrency-limiter";

jest.mock("../handlers", () => jest.requireActual<object>("../testing/sample-task-types"));

const { name, concurrency } = flaky;

test("at most the type's concurrency is acquired; the others wait in order", async () => {
  const limiter = new ConcurrencyLimiter();
  const entered: number[] = [];
  const enter = async (at: number) => {
    await limiter.of(name)?.acquire();
    entered.push(at);
  };
  const all = Promise.all(Array.from({ length: concurrency + 2 }, (_, at) => enter(at)));
  await new Promise(setImmediate);
  expect(entered).toEqual(Array.from({ length: concurrency }, (_, at) => at));
  limiter.of(name)?.release();
  await new Promise(setImmediate);
  expect(entered).toHaveLength(concurrency + 1);
  limiter.of(name)?.release();
  await all;
  expect(entered.slice(-2)).toEqual([concurrency, concurrency + 1]);
});

test("a type without a limit, or an unknown one, has no limiter", () => {
  const limiter = new ConcurrencyLimiter();
  expect([limiter.of("echo"), limiter.of("nothing"), limiter.of("")]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
