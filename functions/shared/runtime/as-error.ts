import { types } from "node:util";
import { maxMaskedLength, maskSecrets } from "./mask-secrets";

/** Longest message of an error, in UTF-16 units: what a task's `error` holds and a log line shows. */
export const maxErrorMessageLength = 2_000;
const maxStackLength = 4_000;
/** How many errors of a tree of causes are kept. */
const maxErrors = 10;
/** Properties such as AWS's `$metadata`, as JSON. */
const maxPropertyLength = 1_000;

/**
 * What was thrown, as an error that can be stored and logged: anything can be thrown, and this never throws. Its name,
 * message, stack, causes, `errors` and further properties are copies of a bounded length, with the values of secrets
 * masked, and U+FFFD instead of control characters, noncharacters and lone surrogates.
 */
export const asError = (thrown: unknown): Error => copyOf(thrown, { left: maxErrors });

function copyOf(thrown: unknown, budget: { left: number }): Error {
  budget.left -= 1;
  const error = new Error(storableString(messageOf(thrown), maxErrorMessageLength));
  const stack = read(thrown, "stack");
  Object.assign(error, propertiesOf(thrown));
  error.name = storableString(nameOf(thrown), maxPropertyLength);
  error.stack = storableString(
    typeof stack === "string" ? stack : `${error.name}: ${error.message}`,
    maxStackLength,
  );
  const cause = read(thrown, "cause");
  if (cause !== undefined && budget.left > 0) error.cause = copyOf(cause, budget);
  const errors = errorsOf(thrown).flatMap((each) => (budget.left > 0 ? [copyOf(each, budget)] : []));
  return errors.length > 0 ? Object.assign(error, { errors }) : error;
}

/** Masks first: half of a secret would not be recognized. */
function storableString(text: string, limit: number): string {
  const start = text.slice(0, limit + maxMaskedLength);
  const masked = maskSecrets(start);
  // The last characters may be the beginning of a secret.
  const whole = start === text ? masked : masked.slice(0, Math.max(0, masked.length - maxMaskedLength));
  const isCut = start !== text || whole.length > limit;
  const mark = `… (${text.length} characters)`;
  const bounded = isCut ? whole.slice(0, limit - mark.length) + mark : whole;
  return bounded.replace(/[^\P{Cc}\t\n\r]|\p{Surrogate}|\p{Noncharacter_Code_Point}/gu, "\ufffd");
}

/** Properties that help a client or an operator. */
function messageOf(thrown: unknown): string {
  if (typeof thrown !== "object" || thrown === null) return nameOfPrimitive(thrown);
  const message = read(thrown, "message");
  if (typeof message === "string" && message.trim() !== "") return message;
  const nested = errorsOf(thrown).map(shortMessageOf);
  if (nested.length > 0) return nested.join("; ");
  const cause = read(thrown, "cause");
  if (cause !== undefined) return shortMessageOf(cause);
  const code = read(thrown, "code");
  if (isError(thrown)) return typeof code === "string" ? code : `${nameOf(thrown)} without a message`;
  return notAnError(jsonOf(thrown) ?? "an object");
}

/** No further than one level: causes may be circular. */
function shortMessageOf(thrown: unknown): string {
  const message = typeof thrown === "string" ? thrown : read(thrown, "message");
  const code = read(thrown, "code");
  if (typeof message === "string" && message.trim() !== "") return message;
  return typeof code === "string" ? code : nameOf(thrown);
}

function nameOfPrimitive(thrown: unknown): string {
  if (typeof thrown === "string" && thrown.trim() !== "") return thrown;
  if (typeof thrown === "function") return notAnError("a function");
  return notAnError(typeof thrown === "string" ? "an empty string" : String(thrown));
}

const notAnError = (what: string) => `A value that is not an error was thrown: ${what}`;

function nameOf(thrown: unknown): string {
  const name = read(thrown, "name");
  return typeof name === "string" && name !== "" && isError(thrown) ? name : "Error";
}

/** Of an AggregateError. */
function errorsOf(thrown: unknown): unknown[] {
  if (!isError(thrown)) return [];
  const errors = read(thrown, "errors");
  return attempt((): unknown[] => (Array.isArray(errors) ? errors.slice(0, maxErrors) : [])) ?? [];
}

function propertiesOf(thrown: unknown): Record<string, unknown> {
  if (!isError(thrown)) return {};
  const names = attempt(() => Object.keys(thrown)) ?? [];
  const copies = names.slice(0, maxErrors).flatMap((name): [string, unknown][] => {
    if (["name", "message", "stack", "cause", "errors", "__proto__", "Item"].includes(name)) return [];
    const json = jsonOf(read(thrown, name));
    return json === undefined || json.length > maxPropertyLength ? [] : [[name, parsed(maskSecrets(json))]];
  });
  return Object.fromEntries(copies);
}

const jsonOf = (value: unknown): string | undefined => attempt(() => JSON.stringify(value, withoutItems));
/** DynamoDB's errors may have the item of a condition that failed: data of clients. */
const withoutItems = (name: string, value: unknown): unknown => (name === "Item" ? undefined : value);
const parsed = (json: string): unknown => attempt((): unknown => JSON.parse(json)) ?? json;
const isError = (thrown: unknown): thrown is Error =>
  types.isNativeError(thrown) || attempt(() => thrown instanceof Error) === true;

const read = (thrown: unknown, name: string): unknown =>
  attempt((): unknown => Reflect.get(Object(thrown), name));

/** Undefined when it throws: a getter, or any access to a revoked proxy. */
function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
