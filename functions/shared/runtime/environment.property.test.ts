import * as fc from "fast-check";
import { producerEnvironment } from "../../producer/env";
import { readEnvironment } from "./environment";

type Value = string | undefined;

const whole = (min: number, max: number) => fc.integer({ min, max }).map(String);
const words = fc.stringMatching(/^[a-z ]*$/);
const nothing = fc.constant(undefined);

/** A variable as an environment may have it, and whether its schema accepts it. */
const variable = (good: fc.Arbitrary<Value>, bad: fc.Arbitrary<Value>) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ value: good, isGood: fc.constant(true) }) },
    { weight: 1, arbitrary: fc.record({ value: bad, isGood: fc.constant(false) }) },
  );

const seconds = variable(
  whole(1, 43_200),
  fc.oneof(whole(-100, 0), words, fc.constantFrom("1.5", "4 seconds", "NaN"), nothing),
);
const some = fc.string({ unit: "binary-ascii", minLength: 1 });
const name = variable(some, fc.constantFrom("", undefined));
const variables = fc.record({
  PROJECT: name,
  ENVIRONMENT: name,
  SERVICE_NAME: name,
  SERVICE_VERSION: name,
  LOG_LEVEL: variable(
    fc.constantFrom("DEBUG", "INFO", "WARN", "ERROR"),
    fc.oneof(words, fc.constantFrom("info", "TRACE", " INFO"), nothing),
  ),
  TASK_QUEUE_URL: variable(fc.webUrl(), fc.oneof(words, nothing)),
  TABLE_NAME: variable(
    fc.oneof(fc.string({ minLength: 3 }), nothing),
    fc.string({ unit: "grapheme-ascii", maxLength: 2 }),
  ),
  REDELIVERY_SECONDS: seconds,
  MESSAGE_LIFETIME_SECONDS: seconds,
});
const strangers = fc.dictionary(
  fc.string().filter((name) => !(name in producerEnvironment.shape)),
  fc.string({ unit: "binary-ascii" }),
);

/** The error of reading an environment, or undefined. */
function complaint(environment: Record<string, Value>): string | undefined {
  try {
    readEnvironment(producerEnvironment, environment);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error.message;
  }
}

test("an environment is read, or every invalid variable is named, and no valid one", () => {
  fc.assert(
    fc.property(variables, strangers, (known, others) => {
      const entries = Object.entries(known);
      const values = Object.fromEntries(entries.map(([name, { value }]) => [name, value]));
      const bad = entries.filter(([, { isGood }]) => !isGood).map(([name]) => name);

      const message = complaint({ ...others, ...values });
      expect(message === undefined).toBe(bad.length === 0);
      const named = [...(message ?? "").matchAll(/[:;] ([A-Z_]+): /g)].map(([, name]) => name);
      expect(named.sort()).toEqual(bad.sort());
    }),
    { numRuns: 300 },
  );
});

test("values are read as they are in the environment, numbers as numbers", () => {
  fc.assert(
    fc.property(variables, strangers, (known, others) => {
      fc.pre(Object.values(known).every(({ isGood }) => isGood));
      const values = Object.fromEntries(Object.entries(known).map(([name, { value }]) => [name, value]));
      expect(readEnvironment(producerEnvironment, { ...others, ...values })).toEqual({
        ...values,
        REDELIVERY_SECONDS: Number(values.REDELIVERY_SECONDS),
        MESSAGE_LIFETIME_SECONDS: Number(values.MESSAGE_LIFETIME_SECONDS),
      });
    }),
    { maxSkipsPerRun: 100 },
  );
});

test("any strings are read or refused with a message that names a variable", () => {
  const texts = fc.dictionary(
    fc.constantFrom(...Object.keys(producerEnvironment.shape)),
    fc.string({ unit: "binary-ascii" }),
  );
  fc.assert(
    fc.property(texts, (environment) => {
      const message = complaint(environment);
      if (message !== undefined) expect(message).toMatch(/set by deploy\/30_app\): [A-Z_]+: /);
    }),
  );
});
