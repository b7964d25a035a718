import { randomValue, secretArgument, secretValue } from "./secret-value";

jest.mock("@serverless-tasks/functions/worker/handlers", () =>
  jest.requireActual<object>("@serverless-tasks/functions/worker/testing/sample-task-types"),
);

test("only secrets that a task type declares are accepted", () => {
  expect(secretArgument("signing-key")).toBe("signing-key");
  for (const wrong of ["", "nothing", "signing-key signing-key"])
    expect(() => secretArgument(wrong)).toThrow("one of the secrets that task types declare (signing-key)");
});

test("a trailing line break is removed from a value", () => {
  expect(secretValue("  a\nb\n\n")).toBe("  a\nb\n");
  expect(secretValue("a\r\n")).toBe("a");
});

test.each([
  ["no bytes", "\n"],
  ["more bytes than Secrets Manager accepts", "é".repeat(32_769)],
])("a value of %s is refused", (_what, input) => {
  expect(() => secretValue(input)).toThrow("Expected a value of 1 to 65536 bytes");
});

test("random values have 32 bytes and differ", () => {
  expect(Buffer.from(randomValue(), "base64url")).toHaveLength(32);
  expect(randomValue()).not.toBe(randomValue());
});
