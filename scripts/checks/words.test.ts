import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { environmentNames } from "../../deploy/config/environments";
import { synthesizedForAws } from "../../deploy/testing/environments";
import { root } from "../build/paths";
import { findWords, type Line } from "./words";

const files = (folder: string, extension: string) =>
  ts.sys.readDirectory(
    join(root, folder),
    [extension],
    ["**/*.test.ts", "**/testing/**", "**/node_modules/**", "**/checks/words.ts"],
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
    .concat(files("docs", ".md"));
  const sources = ["functions", "deploy", "scripts", "packages"].flatMap((folder) => files(folder, ".ts"));
  const lines = [...pages.flatMap(linesOf), ...sources.flatMap(literalsOf)];
  const texts = lines.map(([, text]) => text);
  expect(texts).toEqual(expect.arrayContaining(["# Tasks", "# Commands", "could not mark the task failed"]));
  expect(findWords(lines)).toEqual([]);
});

test.each(environmentNames())("statement ids and descriptions of %s use plain words", async (name) => {
  const { core, infra, app } = await synthesizedForAws(name);
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
