import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { synthesizedForTest, testedEnvironments } from "../../deploy/testing/environments";
import { root } from "../build/paths";

/** Words not to use in public texts, each with what to write instead. */
const unwanted: Readonly<Record<string, string>> = {
  "ask(s|ed|ing)?|tells?|told|telling": "request, call, prompt; report, return",
  "made|hand(s|ed|ing)? (in|over|back)": "created, built; submit, return",
  "places?|texts?": "path, account and region, instead of; string",
  "answer(s|ed|ing)?": "response, respond",
  "besides?|anew|by chance|mend(s|ed|ing)?": "in addition to; again; at random; fix",
  "stands?|standing|how (a|the) \\w+ is doing": "is, status",
  "somebody|nobody|whoever": "a caller, no caller, anyone who",
  "waive(s|d|rs?)?|tried again|do its work|found out|counts as nothing|throw-away|take it in|words above":
    "suppress; retried; the exact term",
};
const statementIds = /^ (Look|Change|Keep) [A-Z]/;

/** Right uses of these words: a file format, an element of SVG. */
const exceptions = /\breadable text file\b|<\/?text\b|\btext-anchor\b/g;

/** A line or literal with its position, such as `README.md:12`. */
type Line = readonly [where: string, text: string];

/** Each unwanted word with its file, its line and what to write. */
const findWords = (lines: readonly Line[]): string[] =>
  lines.flatMap(([where, text]) => [
    ...Object.entries(unwanted).flatMap(([words, instead]) => {
      const [found] = new RegExp(`\\b(${words})\\b`, "i").exec(text.replaceAll(exceptions, "")) ?? [];
      return found === undefined ? [] : [`${where}: "${found}": write ${instead}`];
    }),
    ...(statementIds.test(text) ? [`${where}: "${text}": write Read, Write, Deny`] : []),
  ]);

const files = (folder: string, extension: string) =>
  ts.sys.readDirectory(
    join(root, folder),
    [extension],
    ["**/*.test.ts", "**/testing/**", "**/node_modules/**", "**/cdktf.out/**"],
  );

const linesOf = (path: string) =>
  readFileSync(path, "utf8")
    .split("\n")
    .map((text, index): Line => [`${relative(root, path)}:${index + 1}`, text]);

/** String literals with a space: log messages, descriptions, details of problems, help, errors. */
function literalsOf(path: string): Line[] {
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  const literalsIn = (node: ts.Node): ts.LiteralLikeNode[] =>
    ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)
      ? [node]
      : node.getChildren(source).flatMap(literalsIn);
  return literalsIn(source)
    .filter(({ text }) => text.includes(" "))
    .map((node) => {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      return [`${relative(root, path)}:${line + 1}`, node.text];
    });
}

test("documents, the OpenAPI document and messages use plain words", () => {
  const pages = ["README.md", ".github/CONTRIBUTING.md", "e2e/README.md", "functions/api/openapi.json"]
    .map((path) => join(root, path))
    .concat(
      files("docs", ".md"),
      files("packages", ".md"),
      files(".github", ".yml"),
      files("deploy", ".tfvars"),
    );
  const sources = ["bench/src", "functions", "deploy", "scripts", "packages"].flatMap((folder) =>
    [".ts", ".cjs"].flatMap((extension) => files(folder, extension)),
  );
  const lines = [...pages.flatMap(linesOf), ...sources.flatMap(literalsOf)];
  const texts = lines.map(([, text]) => text);
  expect(texts).toEqual(expect.arrayContaining(["# Tasks", "# Commands", "could not mark the task failed"]));
  expect(findWords(lines)).toEqual([]);
});

test.each(testedEnvironments())("statement ids and descriptions of %s use plain words", async (name) => {
  const { core, infra, app } = await synthesizedForTest(name);
  const json = JSON.stringify([core.json, infra.json, app.json]).replaceAll("\\", "");
  const found = [...json.matchAll(/"(?:Sid|description)":"([^"]+)"/g)];
  expect(found.length).toBeGreaterThan(20);
  expect(findWords(found.map(([where, text = ""]) => [where, text.replaceAll(/(?=[A-Z])/g, " ")]))).toEqual(
    [],
  );
});

test("an unwanted word is reported with file and line, an exception is not", () => {
  expect(findWords([["a.md:1", "Hand in a task."]])).toEqual([
    'a.md:1: "Hand in": write created, built; submit, return',
  ]);
  expect(findWords([["Sid", " Look Queues"]])).toHaveLength(1);
  expect(findWords([["a.md:2", "a readable text file"]])).toEqual([]);
});
