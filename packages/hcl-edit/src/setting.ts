import { attributesIn, objectContent, type Attribute } from "./scan-hcl";

/** Where a setting is, or would be: the part of the file that its object's braces enclose. */
interface Position {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly found: Attribute | undefined;
}

/**
 * The expression of a setting in tfvars, without the comment that follows it.
 * @param setting its name, prefixed by those of its objects: `worker.memory_mb`
 */
export function settingOf(tfvars: string, setting: string): string | undefined {
  const found = find(tfvars, setting)?.found;
  return found && tfvars.slice(found.valueStart, found.valueEnd);
}

/**
 * Replaces a setting in tfvars, adds it at the end of its object, or removes it.
 * @param setting its name, prefixed by those of its objects: `worker.memory_mb`
 * @param value an HCL expression; undefined removes the setting
 * @throws {Error} when the file does not have the object
 */
export function withSetting(tfvars: string, setting: string, value: string | undefined): string {
  const position = find(tfvars, setting);
  if (position === undefined) {
    const object = setting.slice(0, setting.lastIndexOf("."));
    throw new Error(`Expected an object ${object} in the tfvars, found:\n${tfvars}`);
  }
  if (value === undefined)
    return position.found === undefined ? tfvars : without(tfvars, position.found, position);
  if (position.found === undefined) return withAdded(tfvars, position, value);
  return tfvars.slice(0, position.found.valueStart) + value + tfvars.slice(position.found.valueEnd);
}

/**
 * Sets or removes several settings.
 * @throws {Error} when the file does not have the object of one
 */
export const withSettings = (
  tfvars: string,
  settings: Readonly<Record<string, string | undefined>>,
): string =>
  Object.entries(settings).reduce((changed, [name, value]) => withSetting(changed, name, value), tfvars);

function find(tfvars: string, setting: string): Position | undefined {
  const steps = setting.split(".");
  const name = steps.pop() ?? "";
  let part: [number, number] | undefined = [0, tfvars.length];
  for (const step of steps) {
    const object: Attribute | undefined = attributesIn(tfvars, ...part).find(
      (attribute) => attribute.name === step,
    );
    part = object && objectContent(tfvars, object);
    if (part === undefined) return undefined;
  }
  const [from, to] = part;
  return {
    name,
    from,
    to,
    found: attributesIn(tfvars, from, to).find((attribute) => attribute.name === name),
  };
}

function withAdded(tfvars: string, { name, from, to }: Position, value: string): string {
  const written = `${/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name) ? name : JSON.stringify(name)} = ${value}`;
  const content = tfvars.slice(from, to);
  const before = tfvars.slice(0, from) + content.trimEnd();
  const isFile = to === tfvars.length;
  if (isFile || content.includes("\n")) {
    const indent = isFile ? "" : `${/^ *(?=[^ \n][^\n]*\n? *$)/m.exec(lineOf(tfvars, to))?.[0] ?? ""}  `;
    const rest = isFile ? "\n" : content.slice(content.trimEnd().length);
    return `${before}${before === "" ? "" : "\n"}${indent}${written}${rest}${tfvars.slice(to)}`;
  }
  return `${before}${content.trim() === "" ? "" : ","} ${written} ${tfvars.slice(to)}`;
}

const lineOf = (source: string, at: number) => source.slice(source.lastIndexOf("\n", at - 1) + 1, at + 1);

/** Removes an attribute: its lines, or its part of an object that has only one line. */
function without(tfvars: string, { start, valueEnd }: Attribute, { from, to }: Position): string {
  const lineStart = tfvars.lastIndexOf("\n", start - 1) + 1;
  const ownLines = lineStart >= from && tfvars.slice(lineStart, start).trim() === "";
  const [after = ""] = /^[ \t]*,?[ \t]*(?:(?:#|\/\/)[^\n]*)?(?:\n|$)/.exec(tfvars.slice(valueEnd)) ?? [];
  if (ownLines && after !== "") return tfvars.slice(0, lineStart) + tfvars.slice(valueEnd + after.length);
  const [comma] = /^\s*,\s*/.exec(tfvars.slice(valueEnd, to)) ?? [];
  if (comma !== undefined) return tfvars.slice(0, start) + tfvars.slice(valueEnd + comma.length);
  return tfvars.slice(0, start).replace(/\s*,?\s*$/, " ") + tfvars.slice(valueEnd).trimStart();
}
