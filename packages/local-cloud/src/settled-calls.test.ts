import { SettledCalls } from "./settled-calls";

const settle = 100;
const callTime = 900;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const setup = () => {
  const counts = { started: 0, running: 0 };
  const calls = new SettledCalls(settle, async () => {
    counts.started += 1;
    expect((counts.running += 1)).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, callTime));
    counts.running -= 1;
  });
  return { calls, counts };
};

test("changes within the time are one call", async () => {
  const { calls, counts } = setup();
  for (let change = 0; change < 5; change += 1) {
    calls.changed();
    await jest.advanceTimersByTimeAsync(settle - 1);
  }
  expect(counts.started).toBe(0);
  await jest.advanceTimersByTimeAsync(1);
  expect(counts.started).toBe(1);
  await jest.advanceTimersByTimeAsync(10 * callTime);
  expect(counts).toEqual({ started: 1, running: 0 });
});

test("changes during a call are one call after it", async () => {
  const { calls, counts } = setup();
  calls.changed();
  await jest.advanceTimersByTimeAsync(settle);
  for (let change = 0; change < 3; change += 1) {
    calls.changed();
    await jest.advanceTimersByTimeAsync(2 * settle);
  }
  expect(counts).toEqual({ started: 1, running: 1 });
  await jest.advanceTimersByTimeAsync(10 * callTime);
  expect(counts).toEqual({ started: 2, running: 0 });
});

test("the end drops a change that has not settled, and waits for the call", async () => {
  const { calls, counts } = setup();
  calls.changed();
  await jest.advanceTimersByTimeAsync(settle);
  calls.changed();
  const ended = jest.fn();
  void calls.end().then(ended);
  await jest.advanceTimersByTimeAsync(callTime - 1);
  expect(ended).not.toHaveBeenCalled();
  await jest.advanceTimersByTimeAsync(10 * callTime);
  expect(ended).toHaveBeenCalledTimes(1);
  expect(counts).toEqual({ started: 1, running: 0 });
});
