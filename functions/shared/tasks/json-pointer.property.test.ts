import * as fc from "fast-check";
import { jsonPointer } from "./json-pointer";

/** https://datatracker.ietf.org/doc/html/rfc6901#section-4 */
const steps = (pointer: string) =>
  pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));

const key = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom("~", "/", "0", "1", "a") }), fc.nat());

test("a JSON pointer is parsed to the path that it was created from", () => {
  fc.assert(
    fc.property(fc.array(key), (path) => {
      expect(steps(jsonPointer(path))).toEqual(path.map(String));
    }),
  );
});

test("a JSON pointer is valid by RFC 6901", () => {
  fc.assert(
    fc.property(fc.array(key), (path) => {
      expect(jsonPointer(path)).toMatch(/^(?:\/(?:[^/~]|~[01])*)*$/);
    }),
  );
});
