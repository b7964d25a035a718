import * as fc from "fast-check";
import { asError, maxErrorMessageLength } from "./as-error";

const hostile = fc.constantFrom<() => unknown>(
  () => Object.create(null),
  () => revoked(),
  () => new Proxy({}, { get: () => raise(), getPrototypeOf: () => raise(), ownKeys: () => raise() }),
  () => withGetter("message"),
  () => withGetter("stack"),
  () => withGetter("cause"),
  () => withGetter("errors"),
  () => circular(),
  () => Object.assign(new Error("x"), { name: Symbol("name"), stack: 5, toJSON: () => raise() }),
  () => Object.assign(new Error("x"), { more: { self: circular() } }),
  () => new AggregateError([revoked(), circular()], ""),
  () => ({ toJSON: () => raise(), toString: () => raise() }),
  () => () => undefined,
  () => Symbol("thrown"),
  () => 10n,
);

const raise = (): never => {
  throw new Error("from a getter");
};
const withGetter = (name: string) => Object.defineProperty(new Error("x"), name, { get: raise });
function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
function circular(): Error {
  const error = new Error("");
  error.cause = new Error("", { cause: error });
  return error;
}

/** Generates anything that can be thrown, with causes and errors of that kind. */
const { thrown } = fc.letrec<{ thrown: () => unknown }>((tie) => ({
  thrown: fc.oneof(
    { depthSize: "small" },
    fc
      .anything({ withBigInt: true, withNullPrototype: true, withTypedArray: true, withMap: true })
      .map((value) => () => value),
    hostile,
    fc.string({ unit: "binary", maxLength: 5_000, size: "max" }).map((text) => () => text),
    fc.tuple(fc.string({ unit: "binary" }), tie("thrown")).map(
      ([text, cause]) =>
        () =>
          new Error(text, { cause: cause() }),
    ),
    fc.array(tie("thrown")).map(
      (errors) => () =>
        new AggregateError(
          errors.map((make) => make()),
          "",
        ),
    ),
  ),
}));

/** The error, its causes and errors. */
const tree = (error: Error & { errors?: unknown }): Error[] => [
  error,
  ...[error.cause, ...(Array.isArray(error.errors) ? error.errors : [])]
    .filter((nested) => nested instanceof Error)
    .flatMap(tree),
];

test("anything that is thrown becomes an error that can be stored and has a message", () => {
  fc.assert(
    fc.property(thrown, (make) => {
      const all = tree(asError(make()));
      expect(all.length).toBeLessThanOrEqual(10);
      for (const error of all) {
        expect(error.message.trim()).not.toBe("");
        expect(error.message).not.toContain("[object");
        expect(error.message.length).toBeLessThanOrEqual(maxErrorMessageLength);
        expect(error.message).toBe(Buffer.from(error.message).toString());
        expect(error.message).not.toMatch(/[^\P{Cc}\t\n\r]|\p{Noncharacter_Code_Point}/u);
        expect(JSON.stringify([error.name, error.stack, Object.entries(error)]).length).toBeLessThan(50_000);
      }
    }),
    { numRuns: 500 },
  );
});

test("an error of an error is that error", () => {
  fc.assert(
    fc.property(thrown, (make) => {
      const once = asError(make());
      expect(asError(once)).toEqual(once);
      expect(asError(once).message).toBe(once.message);
    }),
  );
});

test.each<[string, unknown, string]>([
  ["an error", new TypeError("went wrong"), "went wrong"],
  ["a string", "went wrong", "went wrong"],
  ["an object with a message", { message: "went wrong", code: 1 }, "went wrong"],
  ["an object with a code", { code: 42 }, 'A value that is not an error was thrown: {"code":42}'],
  ["an object of nothing", Object.create(null), "A value that is not an error was thrown: {}"],
  ["null", null, "A value that is not an error was thrown: null"],
  ["undefined", undefined, "A value that is not an error was thrown: undefined"],
  ["a symbol", Symbol("why"), "A value that is not an error was thrown: Symbol(why)"],
  ["an empty string", "", "A value that is not an error was thrown: an empty string"],
  ["a revoked proxy", revoked(), "A value that is not an error was thrown: an object"],
  ["an error without a message", new RangeError(""), "RangeError without a message"],
  ["an error with a code alone", Object.assign(new Error(""), { code: "ECONNRESET" }), "ECONNRESET"],
  ["an error with a cause alone", new Error("", { cause: new Error("why") }), "why"],
  ["errors without a message", new AggregateError([new Error("one"), new Error("two")], ""), "one; two"],
  ["a message with a lone surrogate", new Error("a\ud800b\u0000"), "a\ufffdb\ufffd"],
])("%s has a message", (_what, value, message) => {
  expect(asError(value).message).toBe(message);
});

test("a long message is cut, with its original length", () => {
  const { message } = asError(new Error("x".repeat(500_000)));
  expect(message).toHaveLength(maxErrorMessageLength);
  expect(message).toMatch(/^x+… \(500000 characters\)$/);
});

test("the request metadata of an AWS error is kept", () => {
  const thrown = Object.assign(new Error("denied"), {
    $metadata: { requestId: "r" },
    body: "x".repeat(2_000),
  });
  expect(asError(thrown)).toMatchObject({ $metadata: { requestId: "r" } });
  expect(asError(thrown)).not.toHaveProperty("body");
});
