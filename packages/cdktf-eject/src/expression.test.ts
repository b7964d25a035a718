import { parse } from "@cdktf/hcl2json";
import * as fc from "fast-check";
import { expression, policyExpression } from "./expression";

test.each([
  ["${aws_sqs_queue.tasks.arn}", "aws_sqs_queue.tasks.arn"],
  ["${a.b}:*", '"${a.b}:*"'],
  ["arn:${a.b}:${c.d}", '"arn:${a.b}:${c.d}"'],
  ['${lookup(a.b, "x}y")}', 'lookup(a.b, "x}y")'],
  ['${merge(a.b, {"c" = "d"})} ', '"${merge(a.b, {"c" = "d"})} "'],
  ["$${literal}", '"$${literal}"'],
  ["a$b", '"a$b"'],
  ['say "hi"\n', '"say \\"hi\\"\\n"'],
])("%j is written as %s", (value, written) => {
  expect(expression(value)).toBe(written);
});

test("jsonencode is used only where it produces the same string", () => {
  expect(expression('{"a":1,"b":["${x.y}"]}')).toBe("jsonencode({\n  a = 1\n  b = [x.y]\n})");
  // jsonencode sorts keys, and escapes < and >.
  for (const text of ['{"b":1,"a":2}', '{"time":"<time>"}', '{"a": 1}', "[not json]"])
    expect(expression(text)).toBe(JSON.stringify(text));
});

test("a policy uses jsonencode in any order of keys, since the provider compares it as JSON", () => {
  expect(policyExpression('{"Version":"1","Statement":[]}')).toBe(
    'jsonencode({\n  Version = "1"\n  Statement = []\n})',
  );
  expect(policyExpression("${data.x.json}")).toBeUndefined();
});

test("a key that is an HCL keyword is quoted", async () => {
  const value = { for: 1, a: [{ for: { if: "x" } }], null: true };
  expect(await parse("written.tf", `a = ${expression(value)}\n`)).toEqual({ a: value });
});

const text = fc
  .string({ unit: fc.constantFrom("a", "é", "$", "%", "{", "}", '"', "\\", "\n", "\t", "\u0007", "#", " ") })
  .map((raw) => raw.replace(/[$%]+\{+/g, "$").replace(/^[[{]/, ""));
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.stringMatching(/^[a-z][a-z0-9_-]{0,10}$/), text), tie("json"), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
}));

test("an expression is parsed back to its value", async () => {
  await fc.assert(
    fc.asyncProperty(json, async (value) => {
      expect(await parse("written.tf", `a = ${expression(value)}\n`)).toEqual({ a: value });
    }),
  );
});
