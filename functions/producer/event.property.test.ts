import * as fc from "fast-check";
import { producerEvent } from "./event";

const time = fc
  .date({ min: new Date("0000-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true })
  .chain((at) => fc.constantFrom(at.toISOString(), `${at.toISOString().slice(0, 19)}Z`));
/** Any character, halves of surrogate pairs among them. */
const character = fc.nat(0x10ffff).map((point) => String.fromCodePoint(point));
const key = fc.string().filter((name) => name !== "__proto__");
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: character }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(key, tie("json"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const schedule = fc.record({
  kind: fc.constant("schedule"),
  schedule: fc.string({ minLength: 1, maxLength: 64, size: "max" }),
  time,
  type: fc.string({ minLength: 1 }),
  payload: fc.dictionary(key, json, { noNullPrototype: true }),
});
const sweep = fc.record(
  { kind: fc.constant("sweep"), time, queuedBefore: time, failover: fc.constant(true as const) },
  { requiredKeys: ["kind", "time"] },
);
const event = fc.oneof(schedule, sweep);
/** Names that an event may have or not. */
const optional = ["queuedBefore", "failover"];

test("an event is read as it was sent", () => {
  fc.assert(
    fc.property(event, (sent) => {
      const text = JSON.stringify(sent);
      expect(producerEvent.parse(JSON.parse(text))).toEqual(JSON.parse(text));
    }),
  );
});

test("any JSON that is no event is refused", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(producerEvent.safeParse(value).success).toBe(false);
    }),
  );
});

test("an event with any JSON in place of one of its keys is read or refused, and never throws", () => {
  const changed = fc
    .tuple(event, fc.constantFrom("kind", "schedule", "time", "type", "payload"), fc.jsonValue())
    .map(([sent, name, value]) => ({ ...sent, [name]: value }));
  fc.assert(
    fc.property(changed, (value) => {
      const parsed = producerEvent.safeParse(value);
      if (!parsed.success) expect(parsed.error.issues).not.toEqual([]);
    }),
  );
});

test("an event with a key too many or too few is refused", () => {
  const tooMany = fc
    .tuple(event, key, fc.jsonValue())
    .filter(([sent, name]) => !(name in sent) && !optional.includes(name))
    .map(([sent, name, value]) => ({ ...sent, [name]: value }));
  const tooFew = event.chain((sent) =>
    fc
      .constantFrom(...Object.keys(sent).filter((name) => !optional.includes(name)))
      .map((name) => Object.fromEntries(Object.entries(sent).filter(([other]) => other !== name))),
  );
  fc.assert(
    fc.property(fc.oneof(tooMany, tooFew), (value) => {
      expect(producerEvent.safeParse(value).success).toBe(false);
    }),
  );
});

const aSchedule = {
  kind: "schedule",
  schedule: "daily",
  time: "2026-03-01T06:00:00Z",
  type: "echo",
  payload: {},
};
const aSweep = { kind: "sweep", time: "2026-03-01T12:00:00Z" };

test.each([aSchedule, aSweep])("%j is an event", (sent) => {
  expect(producerEvent.parse(sent)).toEqual(sent);
});

test.each([
  ["nothing", undefined],
  ["an event of another kind", { kind: "party", time: "2026-03-01T06:00:00Z" }],
  ["a slot that is no time", { ...aSchedule, time: "soon" }],
  ["a purge at no time", { ...aSweep, queuedBefore: "just now" }],
  ["a key too many", { ...aSweep, colour: "red" }],
])("%s is no event for the producer", (_what, sent) => {
  expect(producerEvent.safeParse(sent).success).toBe(false);
});
