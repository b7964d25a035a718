import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { RepositoryCopy } from "../testing/repository-copy";
import { runCli } from "../testing/run-cli";

const name = "brandnew";

jest.setTimeout(60_000);

let copy: RepositoryCopy;
beforeAll(() => {
  copy = new RepositoryCopy({ hasExamples: true });
  copy.setSetting("infra", "stage", "http_api.cors_allow_origins", '["https://stage.example.com"]');
});
afterAll(() => {
  copy.dispose();
});

const newEnv = (...parameters: string[]) => runCli(["new-env", ...parameters], { folder: copy.folder });
const written = () =>
  readdirSync(join(copy.folder, "deploy")).filter((layer) =>
    existsSync(join(copy.folder, "deploy", layer, "environments", name)),
  );

test.each([
  [2, [], "Expected <name>, found nothing."],
  [2, [name, "other"], 'Unexpected argument "other".'],
  [2, [name, "--account", "1234"], 'Expected an account id of 12 digits, found "1234".'],
  [1, [name, "--from", "nowhere"], "There is no environment nowhere to copy."],
  [2, [name, "--form", "dev"], "Unknown option '--form'"],
])("the exit code is %i for %j, and nothing is written", async (expected, parameters, message) => {
  const { exitCode, stdout, stderr } = await newEnv(...parameters);
  expect(exitCode).toBe(expected);
  expect(stderr).toContain(message);
  expect(stdout).toBe("");
  expect(written()).toEqual([]);
});

test("--dry-run prints the files, and writes none", async () => {
  const shown = await newEnv(name, "--dry-run", "--account", "999988887777");
  expect(shown.exitCode).toBe(0);
  expect(shown.stdout).toContain(`── deploy/20_infra/environments/${name}/backend.tfvars\nbucket `);
  expect(shown.stdout).toMatch(new RegExp(`^bucket .*${name}.*999988887777"$`, "m"));
  expect(written()).toEqual([]);
  const created = await newEnv(name, "--account", "999988887777");
  expect(created.exitCode).toBe(0);
  expect(created.stdout).toContain("Still of stage, for you to change:\n  deploy/20_infra/environments/");
  expect(created.stdout).toContain(`npm run diff:env -- stage ${name}`);
  expect(written()).toEqual(["10_core", "20_infra", "30_app"]);
});
