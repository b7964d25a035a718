import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stackChanges } from "./stack-changes";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stacks-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(synthesis: string, resource: object, more: object = {}): string {
  const stack = join(folder, synthesis, "stacks", "app-dev");
  mkdirSync(stack, { recursive: true });
  writeFileSync(join(stack, "cdk.tf.json"), JSON.stringify({ resource, ...more }));
  return join(folder, synthesis);
}

const worker = (values: object = {}) => ({
  aws_lambda_function: { worker: { function_name: "tasks-dev-worker", timeout: 30, ...values } },
});
const changes = (before: [object, object?], after: [object, object?]) =>
  stackChanges(write("before", ...before), write("after", ...after), ["app-dev"]);

test("the same stacks, and other code of functions, are no change", () => {
  expect(changes([worker()], [worker()])).toEqual([]);
  const code = { filename: "other.zip", source_code_hash: "other" };
  expect(changes([worker()], [worker(code)])).toEqual([]);
});

test("other code of a layer is a change", () => {
  const layer = (source_code_hash: string) => ({
    aws_lambda_layer_version: { shared: { source_code_hash } },
  });
  expect(changes([layer("a")], [layer("b")])).toEqual(["aws_lambda_layer_version shared: source_code_hash"]);
});

test("new, removed and changed resources are named, with the changed attributes", () => {
  const secret = { aws_secretsmanager_secret: { x: { name: "tasks-dev-token" } } };
  const environment = { variables: { A: "1" } };
  expect(changes([worker()], [{ ...worker({ environment, timeout: 60 }), ...secret }])).toEqual([
    "aws_lambda_function tasks-dev-worker: timeout, environment",
    "aws_secretsmanager_secret tasks-dev-token: new",
  ]);
  expect(changes([{ ...worker(), ...secret }], [worker()])).toEqual([
    "aws_secretsmanager_secret tasks-dev-token: removed",
  ]);
});

test("a change of anything else in a stack is named by its section", () => {
  const output = (value: string) => ({ output: { api_url: { value } } });
  expect(changes([{}, output("a")], [{}, output("b")])).toEqual(["app-dev: output"]);
  // CDKTF's own comments.
  expect(changes([{}, { "//": { outputs: 1 } }], [{}, { "//": { outputs: 2 } }])).toEqual([]);
});
