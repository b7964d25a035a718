import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { build } from "./build";
import { BuildError } from "./errors";
import type { FunctionName } from "./paths";
import { originalStack } from "./original-stack";
import { readSourceMap } from "./source-maps";

// Builds the layer.
jest.setTimeout(120_000);

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "stack-"));
  await build(folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const originalStackIn = (stack: string, name: FunctionName, of = folder) =>
  originalStack(stack, name, (file) => readSourceMap(of, file));

/** The position of a string in a file of a zip, as a stack trace has it: `line:column`. */
function positionOf(text: string, zip: string, file: string): string {
  const code = Buffer.from(unzipSync(readFileSync(join(folder, zip)))[file] ?? []).toString("latin1");
  const before = code.slice(0, code.indexOf(text)).split("\n");
  expect(code.includes(text)).toBe(true);
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

/** The source line that a line of a stack trace names. */
function sourceLine(stack: string): string | undefined {
  const [, file = "", line] = /\((.+):(\d+):\d+\)/.exec(stack) ?? [];
  return readFileSync(file, "utf8").split("\n")[Number(line) - 1];
}

test("a position in a function is mapped to its source", () => {
  const text = "The body is not valid JSON.";
  const position = positionOf(text, "api.zip", "index.js");
  const stack = originalStackIn(`at x (/var/task/index.js:${position})`, "api");
  expect(originalStackIn(`at x (/tmp/e-1/api-2/code/index.js:${position})`, "api")).toBe(stack);
  expect(stack).toContain("(functions/api/http/problem-types.ts:");
  expect(sourceLine(stack)).toContain(text);
});

test("a position in the layer is mapped to the package", () => {
  const text = "malicious path";
  const file = "nodejs/node_modules/vendor.deferred.js";
  const position = positionOf(text, "layer.zip", file);
  const stack = originalStackIn(`at x (/opt/${file}:${position})`, "worker");
  expect(originalStackIn(`at x (/tmp/e-1/worker-2/layer_0/${file}:${position})`, "worker")).toBe(stack);
  expect(stack).toContain("(node_modules/send/");
  expect(sourceLine(stack)).toContain(text);
});

test("other lines are unchanged, and a missing build is a BuildError", () => {
  const stack = "Error: no\n    at node:internal/process/task_queues:105:5";
  expect(originalStackIn(stack, "api")).toBe(stack);
  const inCode = "at x (/var/task/index.js:1:1)";
  expect(() => originalStackIn(inCode, "api", join(folder, "nowhere"))).toThrow(BuildError);
});
