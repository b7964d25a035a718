import { withTimeout, TaskTimeoutError } from "./with-timeout";

const never = () => new Promise<never>(() => undefined);
const after = (milliseconds: number) =>
  new Promise<string>((resolve) => setTimeout(resolve, milliseconds, "done"));
const activeTimers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

test("work that ends before its deadline returns its result, and leaves no timer", async () => {
  const before = activeTimers();
  await expect(withTimeout(60_000, () => Promise.resolve(1))).resolves.toBe(1);
  await expect(withTimeout(60_000, () => Promise.reject(new Error("own")))).rejects.toThrow("own");
  await expect(
    withTimeout(60_000, () => {
      throw new Error("at once");
    }),
  ).rejects.toThrow("at once");
  expect(activeTimers()).toBe(before);
});

test("each of several ends at its own deadline", async () => {
  const ended: string[] = [];
  const noteEnd = (name: string) => () => void ended.push(name);
  const outcomes = await Promise.allSettled([
    withTimeout(150, never).finally(noteEnd("150 ms")),
    withTimeout(20, never).finally(noteEnd("20 ms")),
    withTimeout(60_000, () => after(180)).finally(noteEnd("done")),
    withTimeout(60, never).finally(noteEnd("60 ms")),
  ]);
  expect(ended).toEqual(["20 ms", "60 ms", "150 ms", "done"]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled", "rejected"]);
});

test("work without time left can end at once, and is aborted otherwise", async () => {
  await expect(withTimeout(0, () => Promise.resolve(1))).resolves.toBe(1);
  await expect(withTimeout(0, never)).rejects.toThrow(TaskTimeoutError);
});

test("work that fails after its deadline changes nothing", async () => {
  const late = after(40).then(() => Promise.reject(new Error("late")));
  await expect(withTimeout(10, () => late)).rejects.toThrow(TaskTimeoutError);
  await expect(late).rejects.toThrow("late");
});

test("the signal is aborted with the error at the deadline, and not before", async () => {
  let signal: AbortSignal | undefined;
  const began = performance.now();
  const error: unknown = await withTimeout(50, (given) => {
    signal = given;
    return never();
  }).catch((thrown: unknown) => thrown);
  // Timers count whole milliseconds.
  expect(performance.now() - began).toBeGreaterThanOrEqual(49);
  expect(error).toBeInstanceOf(TaskTimeoutError);
  expect(signal).toMatchObject({ aborted: true, reason: error });
});

test("the signal of work that has ended is not aborted", async () => {
  let signal: AbortSignal | undefined;
  await withTimeout(10, (given) => {
    signal = given;
    return Promise.resolve();
  });
  await after(30);
  expect(signal?.aborted).toBe(false);
});

test("Node does not exit while work hangs", () => {
  const before = activeTimers();
  const hanging = withTimeout(20, never);
  expect(activeTimers()).toBe(before + 1);
  return expect(hanging).rejects.toThrow(TaskTimeoutError);
});
