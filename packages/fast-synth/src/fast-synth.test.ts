import { execFile } from "node:child_process";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** A project whose app prints a product and a source. */
jest.setTimeout(60_000);

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "fast-synth-"));
  symlinkSync(dirname(dirname(require.resolve("tsx/package.json"))), join(project, "node_modules"));
  const options = {
    ...{ root: project, entry: "app.ts", folder: ".build/synth", prepare: "prepare.ts" },
    ...{ sources: ["app.ts", "prepare.ts", "word.ts"], products: { folder: ".build", suffixes: [".zip"] } },
  };
  write("app.ts", 'import { word } from "./word";\nconsole.log(word, __dirname);');
  write("word.ts", 'export const word: string = "first";');
  write(
    "prepare.ts",
    `import { writeFileSync } from "node:fs";
export const build = async () => { writeFileSync(${JSON.stringify(join(project, ".build", "a.zip"))}, "zip"); };`,
  );
  write(
    "synth.cjs",
    `require(${JSON.stringify(join(__dirname, "..", "launch.cjs"))}).fastSynth({ ...${JSON.stringify(options)}, ignored: /\\.md$/ });`,
  );
});
afterEach(() => {
  rmSync(project, { recursive: true });
});

const write = (name: string, text: string) => {
  writeFileSync(join(project, name), text);
};
const synth = async () => {
  const env = { PATH: process.env.PATH, CDKTF_OUTDIR: "out" };
  return (await promisify(execFile)(process.execPath, ["synth.cjs"], { cwd: project, env })).stdout.trim();
};
const bundledAt = () => statSync(join(project, ".build", "synth", "app.js")).mtimeMs;
const zip = () => join(project, ".build", "a.zip");

test("sources are bundled once, and again when one of them has changed", async () => {
  expect(await synth()).toBe(`first ${project}`);
  const first = bundledAt();
  expect(await synth()).toBe(`first ${project}`);
  expect(bundledAt()).toBe(first);
  write("word.ts", 'export const word: string = "second";');
  expect(await synth()).toBe(`second ${project}`);
});

test("a changed product is rebuilt", async () => {
  await synth();
  writeFileSync(zip(), "foreign");
  await synth();
  expect(readFileSync(zip(), "utf8")).toBe("zip");
});

test("a damaged code cache is not used", async () => {
  await synth();
  const folder = join(project, ".build", "synth");
  const [name = "none"] = readdirSync(folder).filter((file) => file.endsWith(".cache"));
  const cache = readFileSync(join(folder, name));
  writeFileSync(join(folder, name), cache.fill(255, cache.length / 2));
  expect(await synth()).toBe(`first ${project}`);
});

test("a failed preparation fails the run with its message, and is repeated in the next run", async () => {
  write(
    "prepare.ts",
    'export const build = async () => { throw Object.assign(new Error("no zip today"), { name: "BuildError" }); };',
  );
  await expect(synth()).rejects.toMatchObject({ code: 1, stdout: "", stderr: "no zip today\n" });
  await expect(synth()).rejects.toMatchObject({ code: 1 });
});
