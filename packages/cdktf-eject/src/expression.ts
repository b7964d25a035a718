import { templateParts } from "./template";

/** Indents a nested value; `terraform fmt` does the rest. */
const indent = (text: string) => text.replace(/\n/g, "\n  ");

const identifier = /^[A-Za-z_][A-Za-z0-9_-]*$/;
/** The escapes of HCL's quoted strings: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md */
const escaped = (text: string) =>
  text
    .replace(/[\\"\n\r\t]/g, (letter) => JSON.stringify(letter).slice(1, -1))
    .replace(/[\0-\x1f\x7f]/g, unicode);
const unicode = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** A value of Terraform's JSON syntax as an HCL expression. */
export function expression(value: unknown): string {
  if (value === null || typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "string") return jsonExpression(value) ?? string(value);
  if (Array.isArray(value)) return list(value);
  if (typeof value === "object") return map(Object.entries(value));
  throw new Error(`Expected a JSON value, found a ${typeof value}`);
}

/** `"string ${reference}"`, or only the reference. */
export function string(template: string): string {
  const parts = templateParts(template);
  const [only] = parts;
  if (parts.length === 1 && only?.kind === "expression") return only.text;
  const inside = parts.map(({ kind, text }) => (kind === "literal" ? escaped(text) : `\${${text}}`));
  return `"${inside.join("")}"`;
}

const list = (values: readonly unknown[]) => listOf(values.map(expression));

/** A list of expressions, on one line if it fits. */
export function listOf(items: readonly string[]): string {
  const line = `[${items.join(", ")}]`;
  if (line.length <= 80 && !line.includes("\n")) return line;
  return `[\n  ${items.map(indent).join(",\n  ")},\n]`;
}

function map(entries: readonly (readonly [string, unknown])[]): string {
  if (entries.length === 0) return "{}";
  const lines = entries.map(([key, value]) => `${mapKey(key)} = ${expression(value)}`);
  return `{\n  ${lines.map(indent).join("\n  ")}\n}`;
}

/** A key that is an expression is in parentheses; `{ for` would start a for expression. */
function mapKey(key: string): string {
  if (identifier.test(key) && key !== "for") return key;
  const text = string(key);
  return text.startsWith('"') ? text : `(${text})`;
}

/**
 * A JSON string as a call of Terraform's `jsonencode`, which sorts keys and escapes <, > and &.
 * @returns undefined if that would produce another string
 */
function jsonExpression(text: string): string | undefined {
  const value = parsed(text);
  if (value === undefined || encoded(value) !== text) return undefined;
  return `jsonencode(${expression(value)})`;
}

/**
 * As `jsonExpression`, for attributes that the provider compares as JSON: the order of keys and escapes do not matter.
 */
export function policyExpression(text: string): string | undefined {
  const value = parsed(text);
  return value === undefined ? undefined : `jsonencode(${expression(value)})`;
}

/** The object or list in a JSON string; undefined for other strings. */
function parsed(text: string): object | undefined {
  if (!/^[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What Terraform's `jsonencode` writes: https://developer.hashicorp.com/terraform/language/functions/jsonencode */
function encoded(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(encoded).join(",")}]`;
  if (typeof value !== "object" || value === null)
    return JSON.stringify(value).replace(
      /[<>&\u2028\u2029]/g,
      (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${encoded(key)}:${encoded(inner)}`).join(",")}}`;
}
