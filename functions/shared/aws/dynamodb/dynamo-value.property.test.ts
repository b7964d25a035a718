import { marshall, unmarshall } from "@aws-sdk/util-dynamodb";
import * as fc from "fast-check";
import { dynamoValue } from "./dynamo-value";
import { jsonObject } from "../../tasks/task";
import { findUnstorable, payloadLimits } from "../../tasks/storable";

/** Members with a meaning in JavaScript, and those by which the SDK chooses another type. */
const key = fc.oneof(
  fc.constantFrom(
    "constructor",
    "toString",
    "valueOf",
    "toJSON",
    "then",
    "name",
    "length",
    "__proto__",
    "N",
    "S",
  ),
  fc.string({ unit: "binary" }),
);
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom(
      { name: "Set" },
      { name: "Map" },
      { name: "Object" },
      { name: "Uint8Array" },
      "",
      null,
      0,
    ),
    fc.string({ unit: "binary" }),
    fc.double(),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.array(tie("json"), { maxLength: 3 }),
    fc.dictionary(key, tie("json"), { maxKeys: 3 }),
  ),
}));
const payload = fc.dictionary(key, json, { maxKeys: 3 });

/** A task's payload after a round trip through the table: `undefined` for one that the API refuses. */
function stored(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (findUnstorable(value, payloadLimits) !== undefined) return undefined;
  const item = marshall({ payload: dynamoValue(value) }, { removeUndefinedValues: true });
  return jsonObject.parse(unmarshall(item).payload);
}

test("a stored value is read unchanged", () => {
  let kept = 0;
  const property = fc.property(payload, (value) => {
    const text = JSON.stringify(value);
    const found = stored(text);
    if (found === undefined) return;
    kept += 1;
    expect(found).toEqual(JSON.parse(text));
  });
  fc.assert(property, { numRuns: 3_000 });
  expect(kept).toBeGreaterThan(500);
});

test.each(['"Ferrari"', "1", "{}", '{"name":"Set"}', '{"name":"Map"}', '{"name":"Uint8Array"}', "null"])(
  "a member named constructor with the value %s is read unchanged",
  (text) => {
    const payloadText = `{"team":[{"constructor":${text}}]}`;
    expect(stored(payloadText)).toEqual(JSON.parse(payloadText));
  },
);
