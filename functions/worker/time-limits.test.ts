import { TaskTimeoutError, TimeLimit } from "./time-limit";
import { TimeLimits } from "./time-limits";

const never = () => new Promise<never>(() => undefined);
const after = (milliseconds: number) =>
  new Promise<string>((resolve) => setTimeout(resolve, milliseconds, "done"));
const timersThatKeepNodeAlive = () =>
  process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

test("what ends in its time gives what it gives", async () => {
  const limits = new TimeLimits();
  await expect(limits.hold(new TimeLimit(1_000), Promise.resolve(1))).resolves.toBe(1);
  await expect(limits.hold(new TimeLimit(1_000), Promise.reject(new Error("own")))).rejects.toThrow("own");
});

test("of those that take too long each ends at its own time, and takes no other with it", async () => {
  const limits = new TimeLimits();
  const ended: string[] = [];
  const noteEnd = (name: string) => () => void ended.push(name);
  const outcomes = await Promise.allSettled([
    limits.hold(new TimeLimit(150), never()).finally(noteEnd("150 ms")),
    limits.hold(new TimeLimit(20), never()).finally(noteEnd("20 ms")),
    limits.hold(new TimeLimit(60_000), after(180)).finally(noteEnd("done")),
    limits.hold(new TimeLimit(60), never()).finally(noteEnd("60 ms")),
  ]);
  expect(ended).toEqual(["20 ms", "60 ms", "150 ms", "done"]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled", "rejected"]);
});

test("time is not up before it is up", async () => {
  const began = performance.now();
  await expect(new TimeLimits().hold(new TimeLimit(120), never())).rejects.toThrow(
    new TaskTimeoutError("The attempt was not done after 0.12 s"),
  );
  expect(performance.now() - began).toBeGreaterThanOrEqual(120);
});

test("one that has no time left is begun, and ended unless it is over at once", async () => {
  const limits = new TimeLimits();
  await expect(limits.hold(new TimeLimit(0), Promise.resolve(1))).resolves.toBe(1);
  await expect(limits.hold(new TimeLimit(0), never())).rejects.toThrow(TaskTimeoutError);
});

test("one that was over long before another's time is up is left alone", async () => {
  const limits = new TimeLimits();
  const limit = new TimeLimit(10);
  await Promise.allSettled([limits.hold(limit, Promise.resolve()), limits.hold(new TimeLimit(30), never())]);
  expect(limit.signal.aborted).toBe(false);
});

test("one that ends after its time is up changes nothing, and others are held as before", async () => {
  const limits = new TimeLimits();
  const late = after(40);
  await expect(limits.hold(new TimeLimit(10), late)).rejects.toThrow(TaskTimeoutError);
  const other = limits.hold(new TimeLimit(100), never());
  await late;
  await expect(other).rejects.toThrow(TaskTimeoutError);
});

describe("the signal", () => {
  const timeOut = (limit: TimeLimit) =>
    new TimeLimits().hold(limit, never()).catch((error: unknown) => error);

  test("is one, and aborted with the error when the time is up", async () => {
    const limit = new TimeLimit(10);
    const { signal } = limit;
    const heard: unknown[] = [];
    signal.addEventListener("abort", () => heard.push(signal.reason));
    const reason = await timeOut(limit);
    expect(heard).toEqual([reason]);
    expect(limit.signal).toBe(signal);
  });

  test("is aborted already for who asks for it later", async () => {
    const limit = new TimeLimit(10);
    const reason = await timeOut(limit);
    expect(limit.signal).toMatchObject({ aborted: true, reason });
  });
});

test("Node stays for one that hangs, and not for long when nothing is under way", async () => {
  const before = timersThatKeepNodeAlive();
  const limits = new TimeLimits();
  const hanging = limits.hold(new TimeLimit(50), never());
  expect(timersThatKeepNodeAlive()).toBe(before + 1);
  await expect(hanging).rejects.toThrow(TaskTimeoutError);
  await limits.hold(new TimeLimit(60_000), Promise.resolve());
  await after(150);
  expect(timersThatKeepNodeAlive()).toBe(before);
});
