import fc from "fast-check";
import { awsTraceHeaderOf, traceIdOf, traceOf, traceparentPattern, xrayTracePattern } from "./trace";

const hex = (length: number) =>
  fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`)).filter((digits) => /[1-9a-f]/.test(digits));
const flags = fc.stringMatching(/^[0-9a-f]{2}$/);
const traceparents = fc.tuple(hex(32), hex(16), flags).map((fields) => `00-${fields.join("-")}`);
const xrayHeaders = fc
  .tuple(hex(8), hex(24), hex(16), fc.constantFrom("0", "1"))
  .map(([time, random, parent, sampled]) => `Root=1-${time}-${random};Parent=${parent};Sampled=${sampled}`);
const anything = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.constantFrom(undefined, "", "00", "Root=", "Root=1-;Parent=;Sampled="),
  // Valid ones with a character replaced.
  fc
    .tuple(fc.oneof(traceparents, xrayHeaders), fc.nat(), fc.string({ unit: "binary" }))
    .map(([header, at, other]) => {
      const from = at % header.length;
      return header.slice(0, from) + other + header.slice(from + 1);
    }),
);

test("the trace of a client is continued, with the trace of the invocation", () => {
  fc.assert(
    fc.property(traceparents, xrayHeaders, (traceparent, invocation) => {
      const trace = traceOf({ traceparent, invocation });
      expect(trace).toEqual({ traceparent, xrayTrace: invocation });
      expect(traceIdOf(trace ?? {})).toBe(traceparent.split("-")[1]);
      expect(awsTraceHeaderOf(trace ?? {})).toBe(invocation);
    }),
  );
});

test("without a client's trace, that of the invocation is continued, and SQS gets its header", () => {
  fc.assert(
    fc.property(xrayHeaders, anything.map(nothingValid), (invocation, traceparent) => {
      const trace = traceOf({ traceparent, invocation: `${invocation};Lineage=1:abc:0` });
      expect(trace?.xrayTrace).toBeUndefined();
      expect(traceIdOf(trace ?? {})).toBe(invocation.slice("Root=1-".length, 40).replace("-", ""));
      expect(awsTraceHeaderOf(trace ?? {})).toBe(invocation);
    }),
  );
});
const nothingValid = (header: string | undefined) =>
  header !== undefined && traceOf({ traceparent: header }) !== undefined ? undefined : header;

test("an X-Ray header with a parent comes from a client; one without is the HTTP API's", () => {
  fc.assert(
    fc.property(xrayHeaders, xrayHeaders, (sent, invocation) => {
      fc.pre(sent.slice(0, 40) !== invocation.slice(0, 40));
      const [root] = sent.split(";");
      const client = traceOf({ xrayHeader: `Self=1-2-3;${sent}`, invocation });
      expect(client).toMatchObject({ xrayTrace: invocation });
      expect(sent).toContain(traceIdOf(client ?? {})?.slice(0, 8));
      expect(traceOf({ xrayHeader: root, invocation })).toEqual(traceOf({ invocation }));
    }),
  );
});

test("whatever a header is, the result is a valid trace or none", () => {
  fc.assert(
    fc.property(anything, anything, anything, (traceparent, xrayHeader, invocation) => {
      const trace = traceOf({ traceparent, xrayHeader, invocation });
      if (trace === undefined) return;
      expect(trace.traceparent).toMatch(traceparentPattern);
      expect(awsTraceHeaderOf(trace)).toMatch(xrayTracePattern);
    }),
    { numRuns: 1_000 },
  );
});

const [id, parent] = ["4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"];
test.each([
  ["version 00", `00-${id}-${parent}-01`, true],
  ["a later version", `cc-${id}-${parent}-01`, true],
  ["a later version with more fields", `01-${id}-${parent}-01-more`, true],
  ["a later version with more characters", `01-${id}-${parent}-01more`, false],
  ["version 00 with more fields", `00-${id}-${parent}-01-more`, false],
  ["version ff", `ff-${id}-${parent}-01`, false],
  ["upper case", `00-${id.toUpperCase()}-${parent}-01`, false],
  ["a trace id of zeros", `00-${"0".repeat(32)}-${parent}-01`, false],
  ["a parent id of zeros", `00-${id}-${"0".repeat(16)}-01`, false],
  ["two headers", `00-${id}-${parent}-01,00-${id}-${parent}-01`, false],
  ["white space at the end", `00-${id}-${parent}-01\n`, false],
])("traceparent: %s", (_what, traceparent, isValid) => {
  expect(traceOf({ traceparent })).toEqual(isValid ? { traceparent: `00-${id}-${parent}-01` } : undefined);
});
