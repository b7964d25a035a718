import * as fc from "fast-check";
import { integerString } from "./integer-string";

const limit = integerString(1, 100);
const isAccepted = (text: unknown) => limit.safeParse(text).success;

test("digits within the limits are read as the number that they are", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100 }), (number) => {
      expect(limit.parse(String(number))).toBe(number);
    }),
  );
});

const almost = fc
  .tuple(
    fc.constantFrom("", " ", "+", "-", "0x", "0b", "0o", "\t", "\u00a0", "."),
    fc.constantFrom("5", "10", "٥", "５", "1e1", "5.0", "5n", "1_0", "Infinity", ""),
    fc.constantFrom("", " ", "e0", ".", ".0", "\n", ",5", "n"),
  )
  .map((parts) => parts.join(""))
  .filter((text) => !/^(5|10)$/.test(text));

test("strings other than digits that JavaScript reads as numbers are refused", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        almost,
        fc.string().filter((text) => !/^\d+$/.test(text)),
      ),
      (text) => {
        expect(isAccepted(text)).toBe(false);
      },
    ),
    { numRuns: 500 },
  );
});

test.each([[undefined], [null], [5], [["5"]], [["5", "5"]], [{}], ["0"], ["101"], ["9".repeat(400)]])(
  "%j is refused",
  (value) => {
    expect(isAccepted(value)).toBe(false);
  },
);
