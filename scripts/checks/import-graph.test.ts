import { circles, importGraph, type ImportGraph } from "../../packages/import-graph/src/import-graph";
import { root } from "../build/paths";

const folders = ["bench", "client", "deploy", "e2e", "functions", "layers", "packages", "scripts"];
const workspaces = {
  "@serverless-tasks/dependencies": "layers/dependencies",
  "@serverless-tasks/deploy": "deploy",
  "@serverless-tasks/functions": "functions",
};
let graph: ImportGraph;
beforeAll(() => {
  graph = importGraph(root, folders, workspaces);
});

const importsOf = (from: RegExp, to: RegExp) =>
  [...graph].flatMap(([file, imported]) =>
    from.test(file) ? imported.filter((path) => to.test(path)).map((path) => `${file} → ${path}`) : [],
  );

test("there are no import cycles, including type-only imports", () => {
  expect([...graph.values()].flat().length).toBeGreaterThan(1_000);
  expect(circles(graph)).toEqual([]);
});

test("packages import only packages", () => {
  expect(importsOf(/^packages\//, /^packages\//)).not.toEqual([]);
  expect(importsOf(/^packages\//, /^(?!packages\/)/)).toEqual([]);
});

test("deploy and functions import no tools", () => {
  const deployed = /^(deploy|functions)\/(?!.*(\.test\.ts$|\/testing\/))/;
  expect(importsOf(deployed, deployed)).not.toEqual([]);
  expect(importsOf(deployed, /^(bench|e2e|packages|scripts)\//)).toEqual([]);
});

test("only deploy/emulator imports deploy/emulator", () => {
  expect(importsOf(/^deploy\/emulator\//, /^deploy\/(?!emulator\/)/)).not.toEqual([]);
  expect(importsOf(/^(deploy\/(?!emulator\/)|functions\/)/, /^deploy\/emulator\//)).toEqual([]);
});
