import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { delimiter } from "node:path";
import { TerraformFolder } from "./terraform-folder";

let folder: string;
let path: string | undefined;
beforeEach(() => {
  folder = mkdtempSync("/tmp/t-");
  mkdirSync(join(folder, "infra-dev"));
  path = process.env.PATH;
});
afterEach(() => {
  process.env.PATH = path;
  rmSync(folder, { recursive: true });
});

/** A stack's folder, with a Terraform on PATH that records its arguments and runs the script. */
async function openWith(script: string): Promise<TerraformFolder> {
  const program = join(folder, "terraform");
  writeFileSync(
    program,
    `#!/bin/sh\nif [ "$1" = version ]; then echo '{"terraform_version":"1.11.4"}'; exit; fi\necho "$*" >> ${folder}/calls\n${script}\n`,
  );
  chmodSync(program, 0o755);
  process.env.PATH = [folder, path].join(delimiter);
  return TerraformFolder.open(join(folder, "infra-dev"));
}
const calls = () => readFileSync(join(folder, "calls"), "utf8").trim().split("\n");

test("a plan takes no lock, and an apply waits ten minutes for it", async () => {
  const terraform = await openWith("exit 0");
  await terraform.plan("plan");
  await terraform.plan("drift", "-refresh-only");
  await terraform.apply("plan");
  const chdir = `-chdir=${folder}/infra-dev`;
  expect(calls()).toEqual([
    `${chdir} plan -lock=false -input=false -no-color -out=plan`,
    `${chdir} plan -lock=false -input=false -no-color -refresh-only -out=drift`,
    `${chdir} apply -lock-timeout=10m -input=false -no-color plan`,
  ]);
});

test.each([
  ["Error: Saved plan is stale", "Re-run all jobs"],
  [
    "Error: Error refreshing state: state data in S3 does not have the expected content.",
    "npm run cli -- repair dev",
  ],
  [
    "Error: Error acquiring the state lock\\n  ID:        a-lock",
    "npm run cli -- locks dev --release a-lock",
  ],
])("a known Terraform error names the command to run: %s", async (message, next) => {
  const terraform = await openWith(`printf '${message}\\n' >&2; exit 1`);
  await expect(terraform.apply("plan")).rejects.toThrow(next);
});

test("any other Terraform error is passed on", async () => {
  const terraform = await openWith("echo 'Error: AccessDenied' >&2; exit 1");
  await expect(terraform.apply("plan")).rejects.toThrow("Error: AccessDenied");
});
