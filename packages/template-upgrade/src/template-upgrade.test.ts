import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { TemplateUpgrade, templateVersion } from "./template-upgrade";

let folder: string;
let template: string;
let copy: string;

const git = (repository: string, ...parameters: string[]) =>
  execFileSync(
    "git",
    ["-C", repository, "-c", "user.name=t", "-c", "user.email=t@example.com", ...parameters],
    {
      encoding: "utf8",
    },
  );

function write(repository: string, files: Readonly<Record<string, string>>) {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), content);
  }
}

function commit(repository: string, files: Readonly<Record<string, string>>) {
  write(repository, files);
  git(repository, "add", "--all");
  git(repository, "commit", "--quiet", "--allow-empty", "-m", "change");
}

/** Commits and tags a version of the template. */
function release(version: string, files: Readonly<Record<string, string>>) {
  commit(template, { ...files, "template.json": JSON.stringify({ name: "template", version }) });
  git(template, "tag", `v${version}`);
}

const read = (path: string) => readFileSync(join(copy, path), "utf8");
const lines = (...all: string[]) => `${all.join("\n")}\n`;
const source = lines("a", "b", "c", "d", "e", "f", "g", "h");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "upgrade-"));
  template = join(folder, "template");
  copy = join(folder, "copy");
  execFileSync("git", ["init", "--quiet", template]);
  release("0.9.0", { "main.ts": source, "queue.ts": source, "example.ts": source });
  // A copy without the template's history, as GitHub makes it.
  cpSync(template, copy, { recursive: true, filter: (path) => !path.includes(".git") });
  execFileSync("git", ["init", "--quiet", copy]);
  commit(copy, {});
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("changes of both sides are merged, and the record has the new version", () => {
  commit(copy, { "main.ts": source.replace("b", "ours"), "own.ts": "own" });
  release("0.10.0", { "main.ts": source.replace("g", "theirs"), "new/file.ts": "new" });
  const upgrade = new TemplateUpgrade(copy, template);
  expect(upgrade).toMatchObject({ from: "0.9.0", to: "0.10.0", conflicts: [] });
  expect([...upgrade.changed].sort()).toEqual(["main.ts", "new/file.ts", "template.json"]);
  expect([read("main.ts"), git(copy, "status", "--porcelain")]).toEqual([source.replace("b", "ours"), ""]);

  upgrade.apply();
  expect(read("main.ts")).toBe(source.replace("b", "ours").replace("g", "theirs"));
  expect([read("new/file.ts"), read("own.ts"), templateVersion(copy)]).toEqual(["new", "own", "0.10.0"]);
  expect(git(copy, "for-each-ref", "refs/template-upgrade")).toBe("");
});

test("a line that both sides changed is a conflict, listed before anything is written", () => {
  commit(copy, { "main.ts": source.replace("d", "ours") });
  release("1.0.0", { "main.ts": source.replace("d", "theirs"), "queue.ts": source.replace("d", "theirs") });
  const upgrade = new TemplateUpgrade(copy, template);
  expect(upgrade.conflicts).toEqual(["main.ts"]);
  expect(read("main.ts")).toBe(source.replace("d", "ours"));

  upgrade.apply();
  expect(read("main.ts")).toContain(lines("ours", "=======", "theirs"));
  expect(read("queue.ts")).toBe(source.replace("d", "theirs"));
  expect(git(copy, "status", "--porcelain").split("\n").sort()).toEqual(
    ["", " M main.ts", "M  queue.ts", "M  template.json"].sort(),
  );
});

test("a file that the copy has deleted stays deleted, unless the template has changed it", () => {
  git(copy, "rm", "--quiet", "example.ts", "queue.ts");
  commit(copy, {});
  release("1.0.0", { "queue.ts": source.replace("d", "theirs") });
  expect(new TemplateUpgrade(copy, template).conflicts).toEqual(["queue.ts"]);
});

test("a version may be chosen; the same version changes nothing", () => {
  release("0.9.1", { "main.ts": source.replace("g", "theirs") });
  release("2.0.0", { "main.ts": "other" });
  expect(new TemplateUpgrade(copy, template, { to: "0.9.1" }).changed).toContain("main.ts");
  expect(new TemplateUpgrade(copy, template, { to: "0.9.0" }).changed).toEqual([]);
});

test("with the repository's change of all files, only other changes are merged", () => {
  const named = (name: string, line = "a") => lines(`import "@${name}/queue"`, line);
  release("1.0.0", { "main.ts": named("shop"), "run.sh": "echo shop\n" });
  commit(copy, {
    "main.ts": named("orders"),
    "run.sh": "echo shop\n",
    "template.json": JSON.stringify({ name: "template", version: "1.0.0" }),
  });
  release("1.1.0", { "main.ts": named("shop", "b"), "new.ts": named("shop"), binary: "@shop/\0" });
  const adapt = (contents: ReadonlyMap<string, string>) =>
    new Map([...contents].map(([path, text]) => [path, text.replaceAll("@shop/", "@orders/")]));
  expect(new TemplateUpgrade(copy, template).conflicts).toEqual(["main.ts"]);
  const upgrade = new TemplateUpgrade(copy, template, { adapt });
  expect(upgrade.conflicts).toEqual([]);
  expect(git(copy, "status", "--porcelain")).toBe("");
  upgrade.apply();
  expect([read("main.ts"), read("new.ts"), read("binary")]).toEqual([
    named("orders", "b"),
    named("orders"),
    "@shop/\0",
  ]);
});

test("changes that are not committed are kept", () => {
  release("1.0.0", { "main.ts": "new" });
  write(copy, { "main.ts": "mine" });
  expect(() => {
    new TemplateUpgrade(copy, template).apply();
  }).toThrow("not committed: main.ts");
  expect(read("main.ts")).toBe("mine");
});

test.each<[string, () => unknown, string]>([
  [
    "a version that does not exist",
    () => new TemplateUpgrade(copy, template, { to: "7.0.0" }),
    "has no version 7.0.0",
  ],
  [
    "a repository that cannot be read",
    () => new TemplateUpgrade(copy, join(folder, "none")),
    "git ls-remote failed",
  ],
  [
    "a version of the copy without a tag",
    () => {
      commit(copy, { "template.json": JSON.stringify({ name: "template", version: "0.0.1" }) });
      return new TemplateUpgrade(copy, template);
    },
    "has no version 0.0.1",
  ],
  [
    "no record",
    () => {
      rmSync(join(copy, "template.json"));
      return new TemplateUpgrade(copy, template);
    },
    "template.json is missing or invalid",
  ],
  [
    "an invalid record",
    () => {
      write(copy, { "template.json": "{" });
      return new TemplateUpgrade(copy, template);
    },
    "template.json is missing or invalid",
  ],
])("%s is an error", (_what, act, message) => {
  expect(act).toThrow(message);
});
