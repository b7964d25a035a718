import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../packages/local-cloud/src/command";
import { RepositoryCopy } from "./testing/repository-copy";

// Builds and synthesizes several times.
jest.setTimeout(120_000);

let copy: RepositoryCopy;
beforeAll(() => {
  copy = new RepositoryCopy({ hasExamples: true });
});
afterAll(() => {
  copy.dispose();
});

const inCopy = (
  command: string,
  parameters: readonly string[],
  CDKTF_OUTDIR: string,
  AWS_ENDPOINT_URL = "",
) => run(command, parameters, { PATH: process.env.PATH, CDKTF_OUTDIR, AWS_ENDPOINT_URL }, copy.folder);
const synth = (outdir: string, endpoint?: string) => inCopy("node", ["scripts/synth.cjs"], outdir, endpoint);

/** Every file that was synthesized, by path. */
function filesOf(outdir: string): Map<string, string> {
  const folder = join(copy.folder, outdir);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return new Map(
    files
      .filter((file) => statSync(join(folder, file)).isFile())
      .map((file) => [file, readFileSync(join(folder, file), "base64")]),
  );
}
const stackOf = (outdir: string, stack: string) =>
  readFileSync(join(copy.folder, outdir, "stacks", stack, "cdk.tf.json"), "utf8");

const bundle = () => join(copy.folder, ".build", "synth", "app.js");
const builtAt = () => statSync(bundle()).mtimeMs;

test("the bundle synthesizes the same bytes as the sources, in the first run and the next", async () => {
  expect(await synth("first")).toMatchObject({ exitCode: 0 });
  const before = builtAt();
  expect(await synth("next")).toMatchObject({ exitCode: 0 });
  expect(builtAt()).toBe(before);
  expect(await inCopy("node_modules/.bin/tsx", ["deploy/main.ts"], "sources")).toMatchObject({ exitCode: 0 });
  const expected = filesOf("sources");
  expect([...expected.keys()].filter((file) => file.endsWith("cdk.tf.json"))).toHaveLength(9);
  expect(filesOf("first")).toEqual(expected);
  expect(filesOf("next")).toEqual(expected);
});

test("AWS_ENDPOINT_URL selects the emulator, which has its own bundle", async () => {
  const before = builtAt();
  expect(await synth("emulator", "http://127.0.0.1:4566")).toMatchObject({ exitCode: 0 });
  expect(stackOf("emulator", "infra-dev")).toContain('"use_path_style": true');
  expect(stackOf("first", "infra-dev")).not.toContain("use_path_style");
  expect(builtAt()).toBe(before);
});

test("a damaged code cache is not used", async () => {
  const folder = join(copy.folder, ".build", "synth");
  const [name] = readdirSync(folder).filter((file) => file.endsWith(".cache"));
  const cache = readFileSync(join(folder, name ?? "none"));
  cache.fill(255, cache.length / 2, cache.length / 2 + 4096);
  writeFileSync(join(folder, name ?? "none"), cache);
  expect(await synth("damaged")).toMatchObject({ exitCode: 0 });
  expect(filesOf("damaged")).toEqual(filesOf("first"));
});

test("changed tfvars are used without a new bundle", async () => {
  const before = builtAt();
  copy.setSetting("core", "dev", "log_retention_days", "14");
  expect(await synth("tfvars")).toMatchObject({ exitCode: 0 });
  expect(stackOf("tfvars", "core-dev")).toContain('"value": 14');
  expect(builtAt()).toBe(before);
});

test("a changed source is used", async () => {
  copy.edit("deploy/10_core/core-stack.ts", "Encrypts queues", "Protects queues");
  expect(await synth("source")).toMatchObject({ exitCode: 0 });
  expect(stackOf("first", "core-prod")).not.toContain("Protects queues");
  expect(stackOf("source", "core-prod")).toContain("Protects queues");
});

test("a zip that was changed by hand is rebuilt", async () => {
  const zip = join(copy.folder, ".build", "worker.zip");
  const built = readFileSync(zip);
  writeFileSync(zip, "foreign");
  expect(await synth("zips")).toMatchObject({ exitCode: 0 });
  expect(readFileSync(zip).equals(built)).toBe(true);
});

test("a number that JSON cannot represent is refused in every run", async () => {
  const setting = "http_api.throttling_rate_limit";
  copy.setSetting("infra", "dev", setting, "1e400");
  const first = await synth("number");
  expect(first.stderr).toContain("one that would lose digits");
  expect((await synth("number")).stderr).toBe(first.stderr);
  copy.setSetting("infra", "dev", setting, "50");
});

test("an invalid value or source is reported, and nothing is synthesized", async () => {
  copy.setSetting("core", "dev", "protcted", "false");
  const wrongValue = await synth("wrong");
  expect(wrongValue).toMatchObject({ exitCode: 1 });
  expect(wrongValue.stderr).toMatch(/terraform\.tfvars[\s\S]*protcted/);
  copy.write("functions/api/index.ts", "import");
  const wrongSource = await synth("wrong");
  expect(wrongSource).toMatchObject({ exitCode: 1 });
  expect(wrongSource.stderr).toContain("Could not build functions/api");
  expect(() => filesOf("wrong")).toThrow("ENOENT");
});
