import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
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
  const deployed = /^(deploy|functions)\/(?!.*\.test\.ts$|(.*\/)?testing\/)/;
  expect(importsOf(deployed, deployed)).not.toEqual([]);
  expect(importsOf(deployed, /^(bench|e2e|packages|scripts)\//)).toEqual([]);
});

test("only deploy/emulator imports deploy/emulator", () => {
  expect(importsOf(/^deploy\/emulator\//, /^deploy\/(?!emulator\/)/)).not.toEqual([]);
  expect(importsOf(/^(deploy\/(?!emulator\/)|functions\/)/, /^deploy\/emulator\//)).toEqual([]);
});

test("functions do not import deploy", () => {
  expect(importsOf(/^functions\//, /^functions\//)).not.toEqual([]);
  expect(importsOf(/^functions\//, /^deploy\//)).toEqual([]);
});

test("deploy/shared imports no Terraform layer, and each layer imports deploy/shared", () => {
  for (const layer of [/^deploy\/10_core\//, /^deploy\/20_infra\//, /^deploy\/30_app\//]) {
    expect(importsOf(layer, /^deploy\/shared\//)).not.toEqual([]);
    expect(importsOf(/^deploy\/shared\//, layer)).toEqual([]);
  }
});

test("deploy/config imports no Terraform layer, so that a command reads settings without cdktf", () => {
  const config = /^deploy\/config\/(?!.*\.test\.ts$)/;
  expect(importsOf(config, /^deploy\/shared\//)).not.toEqual([]);
  expect(importsOf(config, /^deploy\/\d\d_/)).toEqual([]);
});

test("layers import no scripts", () => {
  expect(importsOf(/^layers\//, /^packages\//)).not.toEqual([]);
  expect(importsOf(/^layers\//, /^scripts\//)).toEqual([]);
});

const filesIn = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((path) => `${folder}/${path}`)
    .filter((path) => !/node_modules|cdktf\.out/.test(path) && statSync(join(root, path)).isFile());

test("only deploy/emulator and tests of deploy know the emulator", () => {
  const found = ["deploy", "functions"]
    .flatMap(filesIn)
    .filter((path) => /emulator|ministack/i.test(readFileSync(join(root, path), "utf8")));
  const isAllowed = (path: string) => /^deploy\/(emulator\/|.*\.test\.ts$)/.test(path);
  expect(found.filter(isAllowed)).toContain("deploy/emulator/emulator-aspect.ts");
  expect(found.filter((path) => !isAllowed(path))).toEqual([]);
});
