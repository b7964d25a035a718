import { parseJson } from "./parse-json";

/** A shorter value would hide ordinary words. */
const minSecretLength = 6;

/** A rotation leaves the former value in use for a while. */
const valuesPerSecret = 3;

/** Values that this process has read, by the secret's name, the latest last. */
const values = new Map<string, string[]>();
let nameOf = new Map<string, string>();
let pattern: RegExp | undefined;

/** Length of the longest string that `maskSecrets` replaces. */
export let maxMaskedLength = 0;

/** Has `maskSecrets` replace a secret's value from now on. */
export function rememberSecret(name: string, value: string): void {
  const known = values.get(name) ?? [];
  if (known.includes(value)) return;
  values.set(name, [...known, value].slice(-valuesPerSecret));
  nameOf = new Map(
    [...values].flatMap(([secret, all]) =>
      all
        .flatMap(partsOf)
        .flatMap((part) => encodingsOf(part).map((text): [string, string] => [text, secret])),
    ),
  );
  const longestFirst = [...nameOf.keys()].sort((a, b) => b.length - a.length);
  maxMaskedLength = longestFirst[0]?.length ?? 0;
  pattern = maxMaskedLength === 0 ? undefined : new RegExp(longestFirst.map(escapeRegExp).join("|"), "g");
}

/** Test isolation: the process has read no secret. */
export function forgetSecrets(): void {
  values.clear();
  nameOf.clear();
  maxMaskedLength = 0;
  pattern = undefined;
}

/**
 * Replaces the values of secrets that this process has read by `[secret <name>]`: as they are, escaped for JSON (also
 * JSON within JSON) or for a URL, in base64 (also within a longer string, as in `Basic` authorization), base64url and hexadecimal. Of a value
 * that is JSON, each string in it is masked too. Strings of less than six characters are not masked.
 */
export const maskSecrets = (text: string): string =>
  pattern === undefined ? text : text.replace(pattern, (found) => `[secret ${nameOf.get(found) ?? ""}]`);

/** The value itself, and what a handler takes out of it. */
function partsOf(value: string): string[] {
  return [value, value.trim(), ...stringsIn(parseJson(value))].filter(
    ({ length }) => length >= minSecretLength,
  );
}

const stringsIn = (json: unknown): string[] =>
  typeof json === "string"
    ? [json]
    : typeof json === "object" && json !== null
      ? Object.values(json).flatMap(stringsIn)
      : [];

const inJson = (text: string) => JSON.stringify(text).slice(1, -1);

function encodingsOf(text: string): string[] {
  const wellFormed = text.replace(/\p{Surrogate}/gu, "\ufffd");
  const bytes = Buffer.from(wellFormed);
  const encoded = [
    text,
    inJson(text),
    inJson(inJson(text)),
    encodeURIComponent(wellFormed),
    new URLSearchParams([["", wellFormed]]).toString().slice(1),
    bytes.toString("hex"),
    bytes.toString("hex").toUpperCase(),
    bytes.toString("base64"),
    ...[0, 1, 2].map((bytesBefore) => withinBase64(bytes, bytesBefore)),
  ];
  return encoded.flatMap((form) => [form, form.replaceAll("+", "-").replaceAll("/", "_")]);
}

/** The base64 digits of bytes that depend on no byte before or behind them; a digit holds six bits. */
function withinBase64(bytes: Buffer, bytesBefore: number): string {
  const digits = Buffer.concat([Buffer.alloc(bytesBefore), bytes]).toString("base64");
  return digits.slice(Math.ceil((bytesBefore * 8) / 6), Math.floor(((bytesBefore + bytes.length) * 8) / 6));
}

const escapeRegExp = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
