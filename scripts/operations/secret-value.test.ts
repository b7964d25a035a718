import { randomValue, secretArgument, secretValue } from "./secret-value";

test("a secret is named by one name that a task type declares", () => {
  expect(secretArgument("signing-key")).toBe("signing-key");
  for (const wrong of ["", "nothing", "signing-key signing-key"])
    expect(() => secretArgument(wrong)).toThrow("one of the secrets that task types declare (signing-key)");
});

test("a value is what came in, but for the shell's line end", () => {
  expect(secretValue("  a\nb\n\n")).toBe("  a\nb\n");
  expect(secretValue("a\r\n")).toBe("a");
});

test.each([
  ["nothing", "\n"],
  ["more than Secrets Manager holds", "é".repeat(32_769)],
])("a value of %s is refused, and not shown", (_what, input) => {
  expect(() => secretValue(input)).toThrow("Expected a value of 1 to 65536 bytes");
});

test("random values are 32 bytes, another each time", () => {
  expect(Buffer.from(randomValue(), "base64url")).toHaveLength(32);
  expect(randomValue()).not.toBe(randomValue());
});
