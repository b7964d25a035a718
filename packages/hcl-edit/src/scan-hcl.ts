/** An attribute `name = value`: positions in the source. */
export interface Attribute {
  /** Without quotes. */
  readonly name: string;
  readonly start: number;
  readonly valueStart: number;
  /** The end of the value, before spaces and comments that follow it. */
  readonly valueEnd: number;
}

const opening = new Set("([{");
const closing = new Set(")]}");

/**
 * The attributes of a part of a file: the whole file, or what is between the braces of an object.
 * @throws {SyntaxError} for what is no attribute, such as a block
 */
export function attributesIn(source: string, from = 0, to = source.length): Attribute[] {
  const found: Attribute[] = [];
  for (let at = skipBlank(source, from, to); at < to;) {
    const [written = ""] = /^("(?:[^"\\]|\\.)*"|[\p{L}_][\p{L}\p{N}_-]*)/u.exec(source.slice(at, to)) ?? [];
    const [sign = ""] = /^[ \t]*[=:](?!=)[ \t]*/.exec(source.slice(at + written.length, to)) ?? [];
    if (written === "" || sign === "") throw new SyntaxError(`Expected an attribute: ${lineAt(source, at)}`);
    const valueStart = at + written.length + sign.length;
    const valueEnd = endOfValue(source, valueStart, to);
    found.push({ name: written.replace(/^"|"$/g, ""), start: at, valueStart, valueEnd });
    at = skipBlank(source, valueEnd, to);
  }
  return found;
}

/** The part between the braces of an object, when the value is one. */
export function objectContent(
  source: string,
  { valueStart, valueEnd }: Attribute,
): [number, number] | undefined {
  return source[valueStart] === "{" ? [valueStart + 1, valueEnd - 1] : undefined;
}

/** Skips spaces, line ends, commas and comments. */
function skipBlank(source: string, from: number, to: number): number {
  let at = from;
  while (at < to) {
    const [blank] = /^[\s,]+/.exec(source.slice(at, to)) ?? [];
    const end = blank === undefined ? endOfComment(source, at) : at + blank.length;
    if (end === undefined) return at;
    at = end;
  }
  return to;
}

/** The end of the comment that starts here: before the line end, which ends an attribute as well. */
function endOfComment(source: string, at: number): number | undefined {
  const [comment] = matchAt(/(?:#|\/\/)[^\n]*|\/\*[^]*?\*\//y, source, at);
  return comment === undefined ? undefined : at + comment.length;
}

function endOfValue(source: string, from: number, to: number): number {
  let depth = 0;
  let end = from;
  for (let at = from; at < to;) {
    const character = source[at] ?? "";
    if (depth === 0 && (character === "\n" || character === "," || closing.has(character))) break;
    const comment = endOfComment(source, at);
    if (comment !== undefined) {
      at = comment;
      continue;
    }
    if (opening.has(character)) depth += 1;
    if (closing.has(character)) depth -= 1;
    at = endOfString(source, at) ?? endOfHeredoc(source, at) ?? at + 1;
    if (!/\s/.test(character)) end = at;
  }
  return end;
}

/** The end of the quoted string that starts here, past the templates in it: `"${ {a = "}"} }"`. */
function endOfString(source: string, from: number): number | undefined {
  if (source[from] !== '"') return undefined;
  let at = from + 1;
  while (at < source.length && source[at] !== '"') {
    if (source[at] === "\\") at += 2;
    else if (/^[$%]\{/.test(source.slice(at, at + 2)) && !/[$%]/.test(source[at - 1] ?? ""))
      at = endOfTemplate(source, at + 2);
    else at += 1;
  }
  return at + 1;
}

function endOfTemplate(source: string, from: number): number {
  let depth = 1;
  let at = from;
  while (at < source.length && depth > 0) {
    const string = endOfString(source, at);
    if (source[at] === "{") depth += 1;
    if (source[at] === "}") depth -= 1;
    at = string ?? at + 1;
  }
  return at;
}

function endOfHeredoc(source: string, from: number): number | undefined {
  const [start, word = ""] = matchAt(/<<-?([\p{L}_][\p{L}\p{N}_-]*)\n/uy, source, from);
  if (start === undefined) return undefined;
  const body = from + start.length;
  const last = new RegExp(`^[ \\t]*${word}(?=\\n|$)`, "m").exec(source.slice(body));
  return last === null ? source.length : body + last.index + last[0].length;
}

/** Without a copy of the rest of the source for each character. */
function matchAt(sticky: RegExp, source: string, at: number): readonly (string | undefined)[] {
  sticky.lastIndex = at;
  return sticky.exec(source) ?? [];
}

const lineAt = (source: string, at: number) => source.slice(at).split("\n", 1)[0] ?? "";
