import * as fc from "fast-check";
import { findUnstorable, maxDepth, payloadLimits, type Unstorable } from "./storable";

const check = (value: unknown) => findUnstorable(value, payloadLimits);

const text = fc.string({ unit: "binary" });
const key = fc.string({ unit: "binary", minLength: 1 }).filter((name) => name !== "__proto__");
const number = fc.oneof(
  fc.maxSafeInteger(),
  fc
    .double({ noNaN: true, min: -(2 ** 53) + 1, max: 2 ** 53 - 1 })
    .filter((n) => n === 0 || Math.abs(n) >= 1e-130),
);
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5 },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(key, tie("json"), { maxKeys: 4, noNullPrototype: false }),
  ),
}));
const payload = fc.dictionary(key, json, { maxKeys: 4 });

/** A value inside arrays and objects, and the pointer to it. */
const placed = (value: unknown) =>
  fc.array(fc.oneof(fc.nat(5), fc.constantFrom("a", "a/b", "~", "0")), { maxLength: 10 }).map((steps) => {
    const around = [...steps].reverse().reduce<unknown>((inner, step) => {
      if (typeof step === "string") return { before: 1, [step]: inner };
      return [...Array.from({ length: step }, () => "before"), inner, "after"];
    }, value);
    const pointer = ["root", ...steps]
      .map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`)
      .join("");
    return { value: { root: around }, pointer };
  });

test("a payload of JSON that fits is kept", () => {
  fc.assert(
    fc.property(payload, (value) => {
      expect(check(value)).toBeUndefined();
      expect(check(JSON.parse(JSON.stringify(value)))).toBeUndefined();
    }),
  );
});

class Money {
  constructor(readonly cents: number) {}
}
const throwing = Object.defineProperty({}, "a", {
  enumerable: true,
  get: () => {
    throw new Error("not now");
  },
});
const unstorable: [string, unknown, Unstorable["reason"]][] = [
  ["undefined", undefined, "notJson"],
  ["a function", () => 1, "notJson"],
  ["a symbol", Symbol("s"), "notJson"],
  ["a bigint", 1n, "notJson"],
  ["a Date", new Date(0), "notJson"],
  ["a Map", new Map(), "notJson"],
  ["a Set", new Set([1]), "notJson"],
  ["a promise", Promise.resolve(1), "notJson"],
  ["bytes", new Uint8Array(1), "notJson"],
  ["an error", new Error("e"), "notJson"],
  ["an instance of a class", new Money(1), "notJson"],
  ["a boxed number", Object(1), "notJson"],
  ["NaN", Number.NaN, "number"],
  ["an infinity", JSON.parse("1e400"), "number"],
  ["an integer that has lost its value", JSON.parse("9007199254740993"), "number"],
  ["2^53", 2 ** 53, "number"],
  ["-(2^53)", -(2 ** 53), "number"],
  ["1e21", 1e21, "number"],
  ["1e-131", 1e-131, "number"],
  ["half of a pair", "a\ud83d", "loneSurrogate"],
  ["a pair the wrong way round", "\ude00\ud83d", "loneSurrogate"],
];

test.each(unstorable)("%s is found anywhere, with its pointer", (_what, value, reason) => {
  fc.assert(
    fc.property(placed(value), ({ value: payloadWithIt, pointer }) => {
      expect(check(payloadWithIt)).toMatchObject({ pointer, reason });
    }),
    { numRuns: 50 },
  );
});

test.each<[string, object, string, Unstorable["reason"]]>([
  ["an empty name", { a: { "": 1 } }, "/a/", "key"],
  ["__proto__", JSON.parse('{"a":{"__proto__":1}}') as object, "/a/__proto__", "key"],
  ["a name that is too long", { ["é".repeat(32_768)]: 1 }, `/${"é".repeat(32_768)}`, "key"],
  ["a name with half of a pair", { "\ud800": 1 }, "/\ud800", "loneSurrogate"],
  ["a hole of an array", { a: [1, , 2] }, "/a/1", "notJson"],
  ["a getter that throws", { a: throwing }, "", "unreadable"],
])("%s is found", (_what, value, pointer, reason) => {
  expect(check(value)).toMatchObject({ pointer, reason });
});

test.each([[null], ["text"], [1], [[1]], [undefined], [new Map()], [Promise.resolve({})], [new Money(1)]])(
  "%p is no object to keep",
  (value) => {
    expect(check(value)).toMatchObject({ pointer: "", reason: "notObject" });
  },
);

const nested = (depth: number, wrap: (inner: unknown) => unknown, inner: unknown) => {
  let value = inner;
  for (let level = 0; level < depth; level++) value = wrap(value);
  return value;
};

test.each<[string, (inner: unknown) => unknown]>([
  ["arrays", (inner) => [inner]],
  ["objects", (inner) => ({ a: inner })],
])("%s are kept to the largest depth, refused beyond it, and never overflow the stack", (_what, wrap) => {
  const payloadOf = (depth: number) => ({ a: nested(depth - 1, wrap, 1) });
  expect(check(payloadOf(maxDepth))).toBeUndefined();
  for (const depth of [maxDepth + 1, 1_000, 1_000_000]) {
    expect(check(payloadOf(depth))?.reason).toBe("tooDeep");
  }
});

test("a circular object is found", () => {
  const loop: Record<string, unknown> = { a: 1 };
  loop.self = [loop, loop];
  expect(check(loop)?.reason).toBe("cyclic");
});

test("objects that double at each level are counted up to the limit only", () => {
  const doubled = nested(maxDepth - 2, (inner) => [inner, inner], []);
  expect(check({ a: doubled })?.reason).toBe("tooLarge");
});

test("the size is DynamoDB's or slightly more, and refused beyond the limit", () => {
  const { bytes } = payloadLimits;
  // A map, a name of one character, and what holds both.
  const overhead = 3 + 1 + 1;
  expect(check({ a: "x".repeat(bytes - overhead) })).toBeUndefined();
  expect(check({ a: "x".repeat(bytes - overhead + 1) })).toMatchObject({ pointer: "", reason: "tooLarge" });
  expect(check({ a: "é".repeat((bytes - overhead) / 2 + 1) })?.reason).toBe("tooLarge");
  expect(check({ a: Array.from({ length: bytes / 3 }, () => 1) })?.reason).toBe("tooLarge");
});

test("any value is stored or refused, and a stored value is read from JSON unchanged", () => {
  const anything = fc.anything({
    key: fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("__proto__", "constructor", "toJSON")),
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withSparseArray: true,
    withNullPrototype: true,
    withBoxedValues: true,
  });
  let kept = 0;
  const property = fc.property(fc.dictionary(key, anything, { maxKeys: 3 }), (value) => {
    if (check(value) !== undefined) return;
    kept += 1;
    expect(JSON.parse(JSON.stringify(value))).toEqual(withoutSignOfZero(value));
  });
  fc.assert(property, { numRuns: 2_000 });
  expect(kept).toBeGreaterThan(100);
});

/** JSON.stringify writes −0 as 0, which is the same number. */
const withoutSignOfZero = (value: unknown): unknown => {
  if (value === 0) return 0;
  if (Array.isArray(value)) return value.map(withoutSignOfZero);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutSignOfZero(inner)]));
};
