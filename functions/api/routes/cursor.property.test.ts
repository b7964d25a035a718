import * as fc from "fast-check";
import { cursor, encodeCursor } from "./cursor";

/** Any character, halves of surrogate pairs among them. */
const character = fc.nat(0x10ffff).map((point) => String.fromCodePoint(point));

test("the cursor of any id is read as that id", () => {
  fc.assert(
    fc.property(fc.ulid(), (id) => {
      expect(cursor.parse(encodeCursor(id))).toBe(id);
    }),
  );
});

describe("a string that is not the cursor of an id is refused", () => {
  const refuses = (text: string) => {
    expect(cursor.safeParse(text)).toMatchObject({
      success: false,
      error: { issues: [{ message: "Expected the cursor of an earlier page." }] },
    });
  };

  test("any string", () => {
    fc.assert(fc.property(fc.string({ unit: character }), refuses));
  });

  test("any string, encoded as a cursor", () => {
    const lookalikes = fc.stringMatching(/^[0-9A-Z]{25,27}$/).filter((id) => !/^[0-7][^ILOU]{25}$/.test(id));
    fc.assert(fc.property(fc.oneof(fc.string(), lookalikes).map(encodeCursor), refuses));
  });

  test("a cursor with an inserted string", () => {
    const spoilt = fc
      .tuple(fc.ulid().map(encodeCursor), fc.nat(35), fc.string({ minLength: 1, maxLength: 3 }))
      .map(([text, at, more]) => text.slice(0, at) + more + text.slice(at));
    fc.assert(fc.property(spoilt, refuses));
  });
});
