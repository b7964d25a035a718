import { messageVersion, taskMessage } from "./message";
import { aMessage } from "../testing/builders";

test("a message of the next version is read, and its new keys are ignored", () => {
  const known = { ...aMessage(), version: messageVersion + 1 };
  const next = { ...known, colour: "red" };
  expect(taskMessage.parse(next)).toEqual(known);
});

test.each([0, messageVersion + 2])("a message of version %d is refused", (version) => {
  expect(taskMessage.safeParse({ ...aMessage(), version }).success).toBe(false);
});

test("a message without a revision is refused", () => {
  expect(taskMessage.safeParse({ ...aMessage(), revision: undefined }).success).toBe(false);
});
