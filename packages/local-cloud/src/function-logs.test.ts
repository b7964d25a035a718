import { LogCursor } from "./function-logs";

test("each log line is returned once, including late ones", () => {
  const cursor = new LogCursor(1_000);
  const event = (timestamp: number, message: string) => ({ timestamp, message });
  const unread = (...events: ReturnType<typeof event>[]) =>
    cursor.unread(events).map(({ message }) => message);
  expect(unread(event(900, "old"), event(5_000, "a"), event(5_000, "b"))).toEqual(["a", "b"]);
  expect(unread(event(4_000, "late"), event(5_000, "a"), event(5_000, "b"))).toEqual(["late"]);
  expect(unread(event(5_000, "b"), event(5_000, "c"), event(9_000, "d"))).toEqual(["c", "d"]);
  expect(unread(event(9_000, "d"))).toEqual([]);
});
