import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultBuildFolder, root } from "../../../scripts/build/paths";
import { runCli } from "../../../scripts/testing/run-cli";
import { lambdaNode } from "../../../packages/lambda-runtime/src/lambda-node";
import { unzippedLayer } from "../../../packages/lambda-layer/src/package-suites/unzipped-layer";
import { layerOfPackage } from "./layer-of-package";
import { runSuite } from "../../../packages/lambda-layer/src/package-suites/run-suite";
import { readSuite } from "../../../packages/lambda-layer/src/package-suites/suite";
import { writeFiles } from "../../../packages/lambda-layer/src/write-files";

/** `npm run cli -- test-packages` with a test suite of `ms`, in a folder whose own modules do not work. */
// Each run bundles the functions.
jest.setTimeout(300_000);

let folder: string;
let suite: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "test-packages-"));
  suite = join(folder, "a repository");
  mkdirSync(join(suite, "node_modules"), { recursive: true });
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const write = (files: Readonly<Record<string, string>>) => {
  writeFiles(
    suite,
    Object.fromEntries(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)])),
  );
};

const { version } = JSON.parse(readFileSync(join(root, "node_modules", "ms", "package.json"), "utf8")) as {
  version: string;
};
const manifest = (version: string) =>
  JSON.stringify({ name: "ms", version, scripts: { test: "node --test" } });
const usesPackage = `
  const test = require("node:test");
  const assert = require("node:assert");
  test("one", () => assert.equal(require("../index.js")(60_000), "1m"));`;

const testPackages = (...parameters: string[]) =>
  runCli(["test-packages", ...parameters], { env: { ...process.env, NODE_OPTIONS: "" } });

test("a suite runs on the modules of the layer, with a warning when its version differs", async () => {
  write({ "package.json": manifest("0.0.1"), "index.js": "throw new Error();", "test/a.js": usesPackage });
  const { exitCode, stdout } = await testPackages("ms", suite);
  expect(exitCode).toBe(0);
  expect(stdout).toContain(`the suite is of ms 0.0.1, installed is ${version}.`);
  expect(stdout).toContain("ms on the layer: 1 passed, 0 failed");
  expect(stdout).toContain("replaced  1: ms/index.js");
});

test("a failed test fails the command, here with the published package", async () => {
  write({ "package.json": manifest(version), "index.js": "", "test/a.js": usesPackage.replace("1m", "2m") });
  const { exitCode, stdout } = await testPackages("--published", "ms", suite);
  expect(exitCode).toBe(1);
  expect(stdout).not.toContain("Warning");
  expect(stdout).toContain("ms as published: 0 passed, 1 failed");
});

test("a suite that loads no module of the layer fails the command", async () => {
  const usesNothing = 'require("node:test")("one", () => undefined);';
  write({ "package.json": manifest(version), "index.js": "", "test/a.js": usesNothing });
  const { exitCode, stdout, stderr } = await testPackages("ms", suite);
  expect(exitCode).toBe(1);
  expect(stdout).toContain("1 passed, 0 failed");
  expect(stderr).toContain("did not load a file of ms");
});

test("a missing folder is a usage error, and a package that is not in the layer a build error", async () => {
  const { exitCode, stderr } = await testPackages("ms");
  expect(exitCode).toBe(2);
  expect(stderr).toContain("Expected <folder>, found nothing.");
  write({ "package.json": manifest(version).replace('"ms"', '"typescript"') });
  await expect(layerOfPackage(readSuite("typescript", suite, [], root), join(folder, "opt"))).rejects.toThrow(
    "The layer has no module of typescript",
  );
});

/** Runs a suite in which the ulid of the layer replaces the file `source`. */
async function runUlid(source: string, command: readonly [string, ...string[]]) {
  const { vendor } = unzippedLayer(readFileSync(join(defaultBuildFolder, "layer.zip")), join(folder, "opt"));
  const version = { version: "1.0.0", scripts: {} };
  const ulid = {
    packageName: "ulid",
    folder: suite,
    manifest: version,
    installed: version,
    installedIn: root,
    command,
  };
  return runSuite(ulid, lambdaNode, vendor, { [join(suite, source)]: "es/ulid.js" }, folder);
}

const encodesTime = 'expect(encodeTime(1469918176385)).toBe("01ARYZ6S41")';

test.each<[string, Readonly<Record<string, string>>, readonly [string, ...string[]]]>([
  [
    "replaces modules of Node's import",
    {
      "source.mjs": "export const encodeTime = () => undefined;",
      "a.test.mjs": `
        import test from "node:test"; import assert from "node:assert"; import { encodeTime } from "./source.mjs";
        const expect = (value) => ({ toBe: (expected) => assert.equal(value, expected) });
        test("one", () => { ${encodesTime}; });`,
    },
    ["node", "--test"],
  ],
  [
    "replaces TypeScript modules of tsx",
    {
      "source.ts": "export const encodeTime = (time: number): string => String(time);",
      "a.test.ts": `
        import test from "node:test"; import assert from "node:assert"; import { encodeTime } from "./source";
        const expect = (value: string) => ({ toBe: (expected: string) => assert.equal(value, expected) });
        test("one", () => { ${encodesTime}; });`,
    },
    [join(root, "node_modules", ".bin", "tsx"), "--test", "a.test.ts"],
  ],
  [
    "replaces modules of Jest, whose sandbox has its own Error",
    {
      "package.json": "{}",
      "source.js": "exports.encodeTime = () => undefined;",
      "a.test.js": `
        const { encodeTime } = require("./source.js");
        test("one", () => { ${encodesTime}; expect(() => encodeTime(-1)).toThrow(Error); });`,
    },
    [join(root, "node_modules", ".bin", "jest")],
  ],
])("%s", async (_what, files, command) => {
  jest.spyOn(process.stdout, "write").mockReturnValue(true);
  jest.spyOn(process.stderr, "write").mockReturnValue(true);
  write(files);
  const source = Object.keys(files).find((name) => name.startsWith("source")) ?? "";
  expect(await runUlid(source, command)).toMatchObject({
    exitCode: 0,
    counts: { passed: 1, failed: 0 },
    loaded: ["es/ulid.js"],
  });
});
