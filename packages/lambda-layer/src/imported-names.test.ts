import { build } from "esbuild";
import { importedNames, importsOutside, joinedImports } from "./imported-names";

const namesOf = async (contents: string) =>
  importedNames(
    await build({
      stdin: { contents, resolveDir: __dirname },
      bundle: true,
      packages: "external",
      platform: "node",
      format: "esm",
      metafile: true,
      write: false,
    }),
  );
const names = (...all: string[]) => new Set(all);

test.each<[string, string, [string, Set<string> | "everything"][]]>([
  ["names", 'import { a, b as c } from "p"; f(a, c);', [["p", names("a", "b")]]],
  ["a default import and names", 'import d, { a } from "p"; f(d, a);', [["p", names("default", "a")]]],
  [
    "members of a namespace",
    'import * as n from "p"; f(n.a, n.b.c, { n: 1 }, x.n);',
    [["p", names("a", "b")]],
  ],
  ["a namespace that is passed on", 'import * as n from "p"; f(n.a, n);', [["p", "everything"]]],
  ["a side-effect import", 'import "p/side-effect";', [["p/side-effect", names()]]],
  ["a package that is required", 'f(require("p"));', [["p", "everything"]]],
  ["a dynamic import", 'f(await import("p"));', [["p", "everything"]]],
  ["a re-exported name", 'export { a } from "p";', [["p", names("a")]]],
  ["a re-exported package", 'export * from "p";', [["p", "everything"]]],
  ["a resolved file", 'f(require.resolve("p/file"));', []],
  ["built-in modules", 'import { join } from "node:path"; import fs from "fs"; f(join, fs);', []],
])("%s", async (_what, contents, expected) => {
  expect([...(await namesOf(contents))]).toEqual(expected);
});

test("joined imports are the union", () => {
  const joined = joinedImports([
    new Map([
      ["p", names("a")],
      ["q", names("a")],
    ]),
    new Map([
      ["p", names("b")],
      ["r", names()],
    ]),
    new Map([["q", "everything" as const]]),
    new Map([["q", names("b")]]),
  ]);
  expect([...joined]).toEqual([
    ["p", names("a", "b")],
    ["q", "everything"],
    ["r", names()],
  ]);
});

test.each<[string, ReadonlyMap<string, Set<string> | "everything">, string[]]>([
  ["the same names", new Map([["p", names("a")]]), []],
  ["another name", new Map([["p", names("a", "b")]]), ["b of p"]],
  ["everything", new Map([["p", "everything"]]), ["p"]],
  ["another package", new Map([["q", names()]]), ["q"]],
  ["names of a package of which everything is known", new Map([["all", names("x")]]), []],
])("imports outside of known ones: %s", (_what, imports, expected) => {
  const known = new Map<string, Set<string> | "everything">([
    ["p", names("a", "c")],
    ["all", "everything"],
  ]);
  expect(importsOutside(imports, known)).toEqual(expected);
});
