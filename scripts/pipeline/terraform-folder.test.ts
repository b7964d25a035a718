import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { TerraformProgram } from "../testing/terraform-program";
import { TerraformFolder } from "./terraform-folder";

let folder: string;
let program: TerraformProgram;
beforeEach(() => {
  folder = mkdtempSync("/tmp/t-");
  mkdirSync(join(folder, "infra-dev"));
  program = new TerraformProgram(folder);
});
afterEach(() => {
  program.remove();
  rmSync(folder, { recursive: true });
});

/** A stack's folder, with a Terraform that runs the script. */
async function openWith(script: string): Promise<TerraformFolder> {
  program.install(script);
  return TerraformFolder.open(join(folder, "infra-dev"));
}

test("a plan takes no lock, and an apply waits ten minutes for it", async () => {
  const terraform = await openWith("exit 0");
  await terraform.plan("plan");
  await terraform.plan("drift", "-refresh-only");
  await terraform.apply("plan");
  const chdir = `-chdir=${folder}/infra-dev`;
  expect(program.calls()).toEqual([
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
