import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { environmentNames } from "../../deploy/config/environments";
import { runCli } from "../testing/run-cli";
import { run } from "../../packages/local-cloud/src/command";
import { withTerraform } from "../../packages/local-cloud/src/terraform";

/** Runs Terraform for each of nine stacks. */
jest.setTimeout(900_000);

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

test("terraform fmt and validate accept every ejected stack of every environment", async () => {
  const target = join(folder, "all");
  const ejected = await eject(target);
  expect([ejected.exitCode, ejected.stderr]).toEqual([0, expect.anything()]);
  const env = await withTerraform(process.env);
  const terraform = (...parameters: string[]) => run("terraform", parameters, env);
  expect(await terraform("fmt", "-check", "-recursive", target)).toMatchObject({ exitCode: 0, stdout: "" });

  const environments = environmentNames();
  expect(environments.length).toBeGreaterThan(0);
  // Shared, so that the providers are installed once.
  const data = { ...env, TF_DATA_DIR: join(folder, "data") };
  mkdirSync(data.TF_DATA_DIR);
  for (const environment of environments) {
    for (const layer of ["10_core", "20_infra", "30_app"]) {
      const stack = join(target, environment, layer);
      expect(
        await run("terraform", [`-chdir=${stack}`, "init", "-backend=false", "-input=false"], data),
      ).toMatchObject({
        exitCode: 0,
      });
      const { exitCode, stdout } = await run("terraform", [`-chdir=${stack}`, "validate", "-json"], data);
      expect({ stack, exitCode, result: JSON.parse(stdout) as unknown }).toMatchObject({
        exitCode: 0,
        result: { valid: true, warning_count: expect.any(Number) as unknown },
      });
      expectReadable(stack);
    }
  }
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
