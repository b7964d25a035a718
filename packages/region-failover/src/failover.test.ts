import { failOver, type ServiceRegion, type TakeOver } from "./failover";

/** Two regions that record what is called, and a clock that only waiting moves. */
function setUp(found: readonly (TakeOver | undefined)[] = []) {
  const calls: string[] = [];
  let time = 0;
  let takeOvers = 0;
  const region = (name: string): ServiceRegion => ({
    name,
    stop: (reason) => Promise.resolve(void calls.push(`stop ${name}: ${reason}`)),
    start: () => Promise.resolve(void calls.push(`start ${name}`)),
    takeOver: () => {
      calls.push(`take over in ${name} at ${time}`);
      const result = takeOvers < found.length ? found[takeOvers] : { lost: 0, sent: 0 };
      takeOvers += 1;
      return Promise.resolve(result);
    },
  });
  const options = {
    ...{ from: region("a"), to: region("b"), isLost: false, report: () => undefined },
    ...{ settleMilliseconds: 5_000, leaseMilliseconds: 30_000, pauseMilliseconds: 10_000 },
    now: () => time,
    wait: (milliseconds: number) => Promise.resolve((time += milliseconds)),
  };
  return { calls, options };
}

test("the first region is stopped, and its last writes replicate, before the second is started", async () => {
  const { calls, options } = setUp([{ lost: 3, sent: 5 }]);
  expect(await failOver(options)).toEqual({
    ...{ from: "a", to: "b", isFenced: true, takenOver: 5 },
    milliseconds: { stop: 5_000, start: 0, takeOver: 40_000 },
  });
  expect(calls).toEqual([
    "stop a: failed over to b",
    "start b",
    ...[5, 15, 25, 35, 45].map((seconds) => `take over in b at ${seconds * 1_000}`),
  ]);
});

test("a lost region is neither stopped nor waited for", async () => {
  const { calls, options } = setUp();
  expect(await failOver({ ...options, isLost: true })).toMatchObject({
    isFenced: false,
    milliseconds: { stop: 0 },
  });
  expect(calls[0]).toBe("start b");
});

test("a take-over is repeated while another sweep is running, and while it finds tasks", async () => {
  const busy = Array.from({ length: 5 }, () => undefined);
  const { calls, options } = setUp([...busy, { lost: 1, sent: 0 }, { lost: 0, sent: 1 }]);
  expect(await failOver(options)).toMatchObject({ takenOver: 1 });
  expect(calls.filter((call) => call.startsWith("take over"))).toHaveLength(8);
});

test("tasks that are found again and again are an error", async () => {
  const { options } = setUp(Array.from({ length: 100 }, () => ({ lost: 1, sent: 1 })));
  await expect(failOver(options)).rejects.toThrow("b has found unfinished tasks");
});

test("a region that cannot be stopped ends the failover before the second is started", async () => {
  const { calls, options } = setUp();
  const from = { ...options.from, stop: () => Promise.reject(new Error("no response")) };
  await expect(failOver({ ...options, from })).rejects.toThrow("no response");
  expect(calls).toEqual([]);
});
