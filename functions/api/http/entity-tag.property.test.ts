import * as fc from "fast-check";
import { namesTag } from "./entity-tag";

/** Any character, halves of surrogate pairs among them. */
const character = fc.nat(0x10ffff).map((point) => String.fromCodePoint(point));
/** What RFC 9110 allows between the quotes, commas and stars among it. */
const opaque = fc.stringMatching(/^[!#-~]{0,8}$/);
const opaqueOfList = fc.stringMatching(/^[,*W/a-]{0,6}$/);
const tag = fc.oneof(opaque, opaqueOfList).map((text) => `"${text}"`);
const item = (tags: fc.Arbitrary<string>) =>
  fc.tuple(fc.constantFrom("", "W/"), tags).map(([weak, text]) => weak + text);
const comma = fc.constantFrom(",", ", ", " ,\t", ",,", " , , ");

test("any header is read", () => {
  const header = fc.oneof(
    fc.string({ unit: character }),
    fc.array(fc.constantFrom('"', ",", "W/", "*", " ", "a")).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(fc.option(header, { nil: undefined }), tag, (text, searched) => {
      expect([true, false]).toContain(namesTag(text, searched));
    }),
  );
});

test("a tag is found wherever a list has it, weak or strong", () => {
  const lists = tag.chain((searched) =>
    fc.record({
      searched: fc.constant(searched),
      before: fc.array(item(tag), { maxLength: 3 }),
      named: item(fc.constant(searched)),
      after: fc.array(item(tag), { maxLength: 3 }),
      separator: comma,
    }),
  );
  fc.assert(
    fc.property(lists, ({ searched, before, named, after, separator }) => {
      expect(namesTag([...before, named, ...after].join(separator), searched)).toBe(true);
    }),
  );
});

test("a list of other tags does not name a tag", () => {
  const lists = tag.chain((searched) =>
    fc.record({
      searched: fc.constant(searched),
      others: fc.array(item(tag.filter((other) => other !== searched)), { maxLength: 4 }),
      separator: comma,
    }),
  );
  fc.assert(
    fc.property(lists, ({ searched, others, separator }) => {
      expect(namesTag(others.join(separator), searched)).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test("a star names every tag", () => {
  fc.assert(
    fc.property(tag, fc.constantFrom("*", " *", "*\t"), (searched, star) => {
      expect(namesTag(star, searched)).toBe(true);
    }),
  );
});
