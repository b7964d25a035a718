import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pendingChanges } from "./pending-changes";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pending-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const stack = (timeout: number) =>
  JSON.stringify({
    resource: { aws_lambda_function: { worker: { function_name: "tasks-dev-worker", timeout } } },
  });

/** @param program synthesizes the stacks */
function find(program: string, signal = new AbortController().signal): Promise<string> {
  const applied = join(folder, "applied", "stacks", "app-dev");
  mkdirSync(applied, { recursive: true });
  writeFileSync(join(applied, "cdk.tf.json"), stack(30));
  return pendingChanges({
    synthesize: ["--eval", program],
    env: { PATH: process.env.PATH },
    applied: join(folder, "applied"),
    folder: join(folder, "now"),
    stackIds: ["app-dev"],
    restart: "restart it",
    signal,
  });
}
const synthesis = (timeout: number) => `
  const folder = process.env.CDKTF_OUTDIR + "/stacks/app-dev";
  require("node:fs").mkdirSync(folder, { recursive: true });
  require("node:fs").writeFileSync(folder + "/cdk.tf.json", ${JSON.stringify(stack(timeout))});`;

test("changes that only Terraform applies are listed, with how to apply them", async () => {
  expect(await find(synthesis(60))).toBe(
    "Not applied, since only Terraform can apply it:\n  aws_lambda_function tasks-dev-worker: timeout\n  next      restart it",
  );
});

test("the applied stacks are no change", async () => {
  expect(await find(synthesis(30))).toBe("");
});

test("settings that cannot be synthesized are reported with the reason", async () => {
  expect(await find('console.error("terraform.tfvars: memory_mb: found 1"); process.exit(1);')).toBe(
    "The stacks are invalid, and a start would fail:\nterraform.tfvars: memory_mb: found 1",
  );
});

test("a synthesis that is interrupted is no problem", async () => {
  expect(await find("setInterval(() => {}, 1000)", AbortSignal.timeout(200))).toBe("");
});
