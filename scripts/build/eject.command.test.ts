import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { environmentNames } from "../../deploy/config/environments";
import { runCli } from "../testing/run-cli";
import { run } from "../../packages/local-cloud/src/command";
import { withTerraform } from "../../packages/local-cloud/src/terraform";

jest.setTimeout(300_000);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ejected-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const eject = (...parameters: string[]) => runCli(["eject", ...parameters]);

test("--help prints the usage, and a folder that is not empty is refused", async () => {
  expect(await eject("--help")).toMatchObject({
    exitCode: 0,
    stdout: expect.stringContaining("npm run cli -- eject <folder>") as unknown,
  });
  writeFileSync(join(folder, "mine"), "");
  const { exitCode, stderr } = await eject(folder);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`${folder} is not empty.`);
  expect(readdirSync(folder)).toEqual(["mine"]);
});

const validation = z.object({
  valid: z.boolean(),
  error_count: z.number(),
  diagnostics: z.array(z.object({ summary: z.string(), range: z.object({ filename: z.string() }) })),
});

/** Validates stacks as the modules of one configuration, since Terraform loads the provider's schema for each run. */
async function validateModules(target: string, stacks: readonly string[], env: NodeJS.ProcessEnv) {
  const modules = stacks.map((stack, index) => `module "stack_${index}" {\n  source = "./${stack}"\n}\n`);
  writeFileSync(join(target, "main.tf"), modules.join(""));
  const init = await run("terraform", [`-chdir=${target}`, "init", "-backend=false", "-input=false"], env);
  expect([init.exitCode, init.stderr]).toEqual([0, ""]);
  const { stdout } = await run("terraform", [`-chdir=${target}`, "validate", "-json"], env);
  return validation.parse(JSON.parse(stdout));
}

test("terraform fmt and validate accept every ejected stack of every environment", async () => {
  const target = join(folder, "all");
  const ejected = await eject(target);
  expect([ejected.exitCode, ejected.stderr]).toEqual([0, expect.anything()]);
  const env = await withTerraform(process.env);
  const terraform = (...parameters: string[]) => run("terraform", parameters, env);
  expect(await terraform("fmt", "-check", "-recursive", target)).toMatchObject({ exitCode: 0, stdout: "" });

  const environments = environmentNames();
  expect(environments.length).toBeGreaterThan(0);
  const stacks = environments.flatMap((environment) =>
    ["10_core", "20_infra", "30_app"].map((layer) => join(environment, layer)),
  );
  stacks.forEach((stack) => {
    expectReadable(join(target, stack));
  });

  const result = await validateModules(target, stacks, env);
  expect(result).toMatchObject({ valid: true, error_count: 0 });
  // A module's backend is ignored, which is the one warning: it also shows that each stack was read.
  expect(result.diagnostics.map(({ summary, range }) => `${range.filename} ${summary}`).sort()).toEqual(
    stacks.map((stack) => `${stack}/terraform.tf Backend configuration ignored`).sort(),
  );
});

/** Policies use jsonencode, references are not strings, and no cdktf metadata is left. */
function expectReadable(stack: string): void {
  const files = readdirSync(stack).filter((name) => name.endsWith(".tf"));
  expect(files).toEqual(expect.arrayContaining(["terraform.tf", "provider.tf", "outputs.tf", "data.tf"]));
  const text = files.map((name) => readFileSync(join(stack, name), "utf8")).join("\n");
  expect(text).toContain('backend "s3" {');
  expect(text).not.toMatch(/^\s*"?\/\//m);
  expect(text).not.toMatch(/= "\$\{[^}"]*\}"$/m);
  expect(text).not.toMatch(/policy\s+= "/);
  const zips = [...text.matchAll(/filename\s+= "([^"]+)"/g)].map(([, path = ""]) => path);
  expect(zips.length).toBe(stack.endsWith("30_app") ? 4 : 0);
  for (const path of zips) expect([path, existsSync(join(stack, path))]).toEqual([path, true]);
}
