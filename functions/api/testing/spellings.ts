import * as fc from "fast-check";
import type { Route } from "../routes/route";

/** A path of a route, with an id of a task for each parameter. */
export const pathOf = ({ path }: Pick<Route, "path">, id: string) => path.replace(/\{\w+\}/g, id);

type Edit = (path: string, at: number) => string;
const atEnd =
  (text: string): Edit =>
  (path) =>
    path + text;
const atSlash =
  (text: string): Edit =>
  (path, at) =>
    replaced(path, path.lastIndexOf("/", at), text);
const replaced = (path: string, at: number, text: string) => path.slice(0, at) + text + path.slice(at + 1);
const hex = (letter: string) => letter.charCodeAt(0).toString(16);

/** Edits of a path that some software treats as the same path. */
const edits: Readonly<Record<string, Edit>> = {
  "upper case": (path) => path.toUpperCase(),
  "lower case": (path) => path.toLowerCase(),
  "case of a letter": (path, at) => replaced(path, at, swapCase(path.charAt(at))),
  "an encoded letter": (path, at) => replaced(path, at, `%${hex(path.charAt(at))}`),
  "a letter encoded twice": (path, at) => replaced(path, at, `%25${hex(path.charAt(at))}`),
  "a trailing slash": atEnd("/"),
  "two slashes": atSlash("//"),
  "an encoded slash": atSlash("%2F"),
  "an encoded slash in lower case": atSlash("%2f"),
  "a backslash": atSlash("\\"),
  "a dot segment": atSlash("/./"),
  "two dot segments": atSlash("/x/../"),
  "encoded dot segments": atSlash("/%2e%2e/tasks/"),
  "a parameter of a segment": atEnd(";v=1"),
  ...Object.fromEntries(
    ["%20", " ", "%09", "\t", "%00", "%0A", "%3F", "%23", ".", ".json", "%ef%bb%bf", "\u00a0", "%"].map(
      (text) => [`${JSON.stringify(text)} at the end`, atEnd(text)],
    ),
  ),
};

const swapCase = (letter: string) =>
  letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();

/** Other spellings of a path, by one edit to three. */
export const spellingsOf = (path: string): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(fc.constantFrom(...Object.values(edits)), fc.nat(path.length - 1)), {
      minLength: 1,
      maxLength: 3,
    })
    .map((list) => list.reduce((edited, [edit, at]) => edit(edited, at), path))
    .filter((spelled) => spelled !== path);

/** A path as the HTTP API passes it on: decoded, where that is possible. */
export function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
