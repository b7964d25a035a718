import { jsonPointer } from "./json-pointer";

/**
 * What a task's payload and its result may be: a JSON object that SQS carries and DynamoDB holds without a change.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
export interface StorableLimits {
  /** Size in bytes, as `findUnstorable` counts it. */
  readonly bytes: number;
}

/**
 * An item holds 400 KiB: payload and result together leave 16 KiB for the rest of it.
 * Written as JSON within a Lambda response, a byte becomes seven at most (U+0001: `\\u0001`): one task always fits
 * into the 6 MB that Lambda allows.
 */
export const payloadLimits: StorableLimits = { bytes: 128 * 1024 };
export const resultLimits: StorableLimits = { bytes: 256 * 1024 };

/**
 * Objects and arrays within each other, the outermost counted. DynamoDB allows 32 levels: a payload is at the second
 * one in an idempotency record, and the values in its innermost object are a level of their own.
 */
export const maxDepth = 30;

/** DynamoDB's smallest positive number. Its largest is beyond the integers that JSON keeps. */
const smallestNumber = 1e-130;

/** The most bytes that a name of an attribute may have. */
const maxKeyBytes = 65_535;

type Reason =
  /** The value itself, whatever is in it, is no object. */
  | "notObject"
  /** Undefined, a function, a Date, a Map, an instance of a class and whatever else JSON does not have. */
  | "notJson"
  | "cyclic"
  /** A getter or a proxy threw. */
  | "unreadable"
  /** NaN, an infinity, an integer beyond ±(2^53 − 1), or a fraction that DynamoDB takes for too small. */
  | "number"
  /** Half of a surrogate pair, which UTF-8 cannot express. */
  | "loneSurrogate"
  /** The name of a member: empty, too long, or `__proto__`. */
  | "key"
  | "tooDeep"
  | "tooLarge";

/** The first part of a value that cannot be stored unchanged. */
export interface Unstorable {
  /** Empty for the value itself. */
  readonly pointer: string;
  readonly reason: Reason;
  readonly detail: string;
}

/** Where it is, from the outside inwards. */
type Finding = Omit<Unstorable, "pointer"> & { readonly path: PropertyKey[] };

/**
 * Finds what the queue and the table could not hold exactly. Never throws, whatever the value is, and reads no further
 * than the limits go.
 * @returns undefined when the value can be kept
 */
export function findUnstorable(value: unknown, limits: StorableLimits): Unstorable | undefined {
  const finding = find(value, limits);
  return finding && { pointer: jsonPointer(finding.path), reason: finding.reason, detail: finding.detail };
}

function find(value: unknown, limits: StorableLimits): Finding | undefined {
  try {
    if (!isPlainObject(value))
      return found("notObject", `Expected a JSON object, received ${kindOf(value)}.`);
    const finding = new Inspection(limits.bytes, mostBytesOf).ofValue(value);
    return finding?.reason === "tooLarge" ? new Inspection(limits.bytes, bytesOf).ofValue(value) : finding;
  } catch {
    return found("unreadable", "A property could not be read.");
  }
}

/** One pass over a value. */
class Inspection {
  private bytes = 0;
  private readonly within: object[] = [];

  constructor(
    private readonly largestBytes: number,
    private readonly bytesOf: (text: string) => number,
  ) {}

  ofValue(value: unknown): Finding | undefined {
    switch (typeof value) {
      case "string":
        return this.ofText(value);
      case "number":
        return this.ofNumber(value);
      case "boolean":
        return this.count(1);
      case "object":
        if (value === null) return this.count(1);
        if (Array.isArray(value) || isPlainObject(value)) return this.ofContainer(value);
    }
    return found("notJson", `Expected a JSON value, received ${kindOf(value)}.`);
  }

  private ofContainer(container: unknown[] | PlainObject): Finding | undefined {
    if (this.within.length === maxDepth) {
      return this.within.includes(container)
        ? found("cyclic", "Expected a JSON value, received an object that contains itself.")
        : found("tooDeep", `Expected at most ${maxDepth} nested objects and arrays.`);
    }
    this.within.push(container);
    const finding =
      this.count(3) ?? (Array.isArray(container) ? this.ofArray(container) : this.ofObject(container));
    this.within.pop();
    return finding;
  }

  private ofArray(items: readonly unknown[]): Finding | undefined {
    // By index, so that holes are included.
    for (let at = 0; at < items.length; at++) {
      const finding = this.count(1) ?? this.ofValue(items[at]);
      if (finding !== undefined) return inside(at, finding);
    }
    return undefined;
  }

  private ofObject(object: PlainObject): Finding | undefined {
    for (const key of Object.keys(object)) {
      const finding = this.ofKey(key) ?? this.ofValue(object[key]);
      if (finding !== undefined) return inside(key, finding);
    }
    return undefined;
  }

  private ofKey(key: string): Finding | undefined {
    if (key === "") return found("key", "Expected a name of at least one character.");
    if (key === "__proto__") return found("key", "Expected another name than __proto__.");
    if (key.length > maxKeyBytes / 4 && Buffer.byteLength(key) > maxKeyBytes)
      return found("key", `Expected a name of at most ${maxKeyBytes} bytes.`);
    return this.count(1) ?? this.ofText(key);
  }

  private ofText(text: string): Finding | undefined {
    if (!text.isWellFormed())
      return found("loneSurrogate", "Expected a Unicode string, received half of a surrogate pair.");
    return this.count(this.bytesOf(text));
  }

  private ofNumber(value: number): Finding | undefined {
    if (!(Math.abs(value) <= Number.MAX_SAFE_INTEGER))
      return found("number", `Expected a number from -(2^53 - 1) to 2^53 - 1, received ${value}.`);
    if (value !== 0 && Math.abs(value) < smallestNumber)
      return found("number", `Expected 0 or a number of at least ${smallestNumber}, received ${value}.`);
    return this.count(Number.isInteger(value) ? integerBytes(value) : maxFractionBytes);
  }

  /** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
  private count(bytes: number): Finding | undefined {
    this.bytes += bytes;
    return this.bytes > this.largestBytes
      ? found("tooLarge", `Expected names and values of at most ${this.largestBytes} bytes.`)
      : undefined;
  }
}

/** Bytes of UTF-8. To count them takes longer than all the rest, and only what may be too large needs it. */
const bytesOf = (text: string) => Buffer.byteLength(text);
const mostBytesOf = (text: string) => 3 * text.length;

/** A byte for two digits, and two for sign and exponent. */
const integerBytes = (value: number) => 2 + Math.ceil(Math.log10(Math.abs(value) + 1) / 2);

/** Of the 17 digits that a double has at most. */
const maxFractionBytes = 11;

const found = (reason: Reason, detail: string): Finding => ({ path: [], reason, detail });

/** The same finding, with the path from the container. One about the size concerns the whole value. */
function inside(step: PropertyKey, finding: Finding): Finding {
  if (finding.reason !== "tooLarge") finding.path.unshift(step);
  return finding;
}

type PlainObject = Readonly<Record<string, unknown>>;

/** As JSON.parse and object literals make them, in whichever realm. */
function isPlainObject(value: unknown): value is PlainObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The kind of a value: `undefined`, `Date`, `instance of a class`. */
function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (typeof value !== "object") return typeof value;
  const name = Object.prototype.toString.call(value).slice("[object ".length, -1);
  return name === "Object" ? "instance of a class" : name;
}
