import * as fc from "fast-check";
import * as z from "zod/mini";
import { taskMessage } from "../../shared/tasks/message";
import { aMessage } from "../../shared/testing/builders";
import { taskTypes } from "../handlers";
import { flaky } from "../testing/sample-task-types";

/** Valid payloads. Types without one are tested with invalid payloads only. */
const payloads: Readonly<Record<string, object>> = { echo: { message: "hello" }, flaky: { failures: 1 } };

/** Without the fallback of zod to the schema itself. */
const compiled = <Schema extends z.ZodMiniType>(schema: Schema) => z.compile(schema, { strict: true });

const outcome = (schema: z.ZodMiniType, json: unknown) => {
  const { success, data, error } = schema.safeParse(json);
  return success ? { data } : { issues: error.issues };
};

const anything = fc.oneof(fc.jsonValue(), fc.integer({ min: -1, max: 200 }), fc.constant("a".repeat(10_001)));

/** JSON: a valid object with up to three values added, replaced or (undefined) removed. */
const spoilt = (good: object) => {
  const key = fc.oneof(
    fc.constantFrom("message", ...Object.keys(good)),
    fc.string(),
    fc.constant("__proto__"),
  );
  const edits = fc.array(fc.tuple(key, fc.option(anything, { nil: undefined })), { maxLength: 3 });
  return fc.oneof(
    anything,
    edits.map((entries): unknown =>
      JSON.parse(JSON.stringify(Object.fromEntries([...Object.entries(good), ...entries]))),
    ),
  );
};

const agree = (schema: z.ZodMiniType, other: z.ZodMiniType, good: object) =>
  fc.property(spoilt(good), (json) => {
    expect(outcome(other, json)).toEqual(outcome(schema, json));
  });

const schemas: [string, z.ZodMiniType, object][] = [
  ["message", taskMessage, aMessage()],
  ...[...taskTypes, flaky].map(({ name, payload }): [string, z.ZodMiniType, object] => [
    name,
    payload,
    payloads[name] ?? {},
  ]),
];

test.each(schemas)(
  "%s: the compiled parser accepts and refuses the same values as its schema",
  (_name, schema, good) => {
    fc.assert(agree(schema, compiled(schema), good), { numRuns: 2_000 });
  },
);

test("the compared values include accepted and refused ones", () => {
  const taken = fc.sample(spoilt(aMessage()), 1_000).filter((json) => taskMessage.safeParse(json).success);
  expect(taken.length).toBeGreaterThan(100);
  expect(taken.length).toBeLessThan(900);
});

test("a schema that accepts more is detected", () => {
  const other = compiled(z.extend(taskMessage, { requestId: z.string() }));
  expect(fc.check(agree(taskMessage, other, { ...aMessage(), requestId: "" }))).toMatchObject({
    failed: true,
  });
});
