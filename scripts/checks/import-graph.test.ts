import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "../build/paths";
import { circles, importGraph, type ImportGraph } from "./import-graph";

const folders = ["bench", "client", "deploy", "e2e", "functions", "layers", "packages", "scripts"];
let graph: ImportGraph;
beforeAll(() => {
  graph = importGraph(root, folders);
});

const importsOf = (from: RegExp, to: RegExp) =>
  [...graph].flatMap(([file, imported]) =>
    from.test(file) ? imported.filter((path) => to.test(path)).map((path) => `${file} → ${path}`) : [],
  );

test("no files import each other, type-only imports included", () => {
  expect([...graph.values()].flat().length).toBeGreaterThan(1_000);
  expect(circles(graph)).toEqual([]);
});

test("a package imports no part of the service", () => {
  expect(importsOf(/^packages\//, /^packages\//)).not.toEqual([]);
  expect(importsOf(/^packages\//, /^(?!packages\/)/)).toEqual([]);
});

test("what is deployed imports no tool", () => {
  const deployed = /^(deploy|functions)\/(?!.*(\.test\.ts$|\/testing\/))/;
  expect(importsOf(deployed, deployed)).not.toEqual([]);
  expect(importsOf(deployed, /^(bench|e2e|packages|scripts)\//)).toEqual([]);
});

test("no product file imports what is for the emulator", () => {
  expect(importsOf(/^deploy\/emulator\//, /^deploy\/(?!emulator\/)/)).not.toEqual([]);
  expect(importsOf(/^(deploy\/(?!emulator\/)|functions\/)/, /^deploy\/emulator\//)).toEqual([]);
});

test("circles are found through types, re-exports, dynamic imports, require and workspaces, at any length", () => {
  const folder = mkdtempSync(join(tmpdir(), "import-graph-"));
  const sources = {
    "a/types.ts": 'import type { B } from "./b";',
    "a/b.ts": 'export { c } from "./c";',
    "a/c.ts": 'export const c = import("../functions/d");',
    "functions/d.ts": 'import "@serverless-tasks/functions/e";',
    "functions/e.ts": 'export type T = import("../a").T;',
    "a/index.ts": 'export * from "./types";',
    "a/self.cjs": 'require("./self.cjs");',
    "a/leaf.ts": 'import "./types"; import "node:fs"; // import "./leaf"',
  };
  try {
    for (const [path, text] of Object.entries(sources)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    expect(circles(importGraph(folder, ["a", "functions", "missing"]))).toEqual([
      ["a/b.ts", "a/c.ts", "a/index.ts", "a/types.ts", "functions/d.ts", "functions/e.ts"],
      ["a/self.cjs"],
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
