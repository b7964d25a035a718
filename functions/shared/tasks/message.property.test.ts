import * as fc from "fast-check";
import { encodeMessage, messageBytes } from "./message";
import { aMessage } from "../testing/builders";

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
const acceptedBySqs = /^[\x09\x0a\x0d\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

/** Any code unit, those at the borders of what SQS accepts most of all. */
const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom("\u0000", "\u0008", "\u000b", "\u001f", "\u007f", "\ud800", "\udfff", "\ufffe", "\uffff"),
    fc.nat(0xffff).map((unit) => String.fromCharCode(unit)),
    fc.nat(0x10ffff).map((point) => String.fromCodePoint(point)),
  ),
});
const payload = fc.dictionary(
  text.filter((key) => key !== "__proto__"),
  fc.oneof(text, fc.array(text, { maxLength: 3 })),
  { maxKeys: 3, noNullPrototype: true },
);

test("SQS accepts the message of any payload, and it is read unchanged", () => {
  fc.assert(
    fc.property(payload, (value) => {
      const message = aMessage({ payload: value });
      const encoded = encodeMessage(message);
      expect(encoded).toMatch(acceptedBySqs);
      expect(JSON.parse(encoded)).toEqual(message);
    }),
    { numRuns: 2_000 },
  );
});

test.each(["\uffff", "\ufffe"])("the size of a message includes its escapes: %j", (character) => {
  const bytes = (message: string) => messageBytes(aMessage({ payload: { message } }));
  expect(bytes(character) - bytes("")).toBe(String.raw`\uffff`.length);
});
