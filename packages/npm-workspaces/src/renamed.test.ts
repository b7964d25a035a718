import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readlinkSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { changedLines } from "./changed-lines";
import { renamed } from "./renamed";
import { repositoryContents, uncommittedChanges } from "./repository";
import { linkWorkspaces, workspaces } from "./workspaces";

const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;
const lockfile = (name: string, paths: readonly string[]) =>
  json({
    name,
    packages: Object.fromEntries([
      ["", { name }],
      ...paths.map((path) => [path, { dependencies: { [`@${name}/a`]: "*", "@smithy/b": "1" } }]),
    ]),
  });
const files = {
  "README.md": "# shop\n\nThe shop sells `@shop/a`.\n",
  LICENSE: "Copyright The shop authors\n",
  "package.json": json({ name: "shop", workspaces: ["a", "tools/*"] }),
  "a/package.json": json({ name: "@shop/a" }),
  "a/index.ts": 'import "@shop/b/c";\nconst shop = "shop";\n',
  "tools/b/package.json": json({ name: "@shop/b", dependencies: { "@shop/a": "*" } }),
  "tools/peer/package.json": json({ name: "shop-peer" }),
  "package-lock.json": lockfile("shop", ["node_modules/@openid/x", "node_modules/@shop/a"]),
};

let folder: string;
const git = (...parameters: string[]) =>
  execFileSync("git", ["-C", folder, "-c", "user.name=a", "-c", "user.email=a@b.c", ...parameters]);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "workspaces-"));
  for (const [path, text] of Object.entries({
    ...files,
    ".gitignore": "node_modules/\n",
    "a.png": "@shop/\0",
  })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  mkdirSync(join(folder, "node_modules"));
  writeFileSync(join(folder, "node_modules", "x.js"), "@shop/a");
  git("init", "--quiet");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("scope, package names, lockfile and title are renamed, and nothing else is", () => {
  const changed = renamed(repositoryContents(folder), "shop", "acme");
  expect(Object.fromEntries(changed)).toEqual({
    "README.md": "# acme\n\nThe shop sells `@acme/a`.\n",
    "package.json": json({ name: "acme", workspaces: ["a", "tools/*"] }),
    "a/package.json": json({ name: "@acme/a" }),
    "a/index.ts": 'import "@acme/b/c";\nconst shop = "shop";\n',
    "tools/b/package.json": json({ name: "@acme/b", dependencies: { "@acme/a": "*" } }),
    "tools/peer/package.json": json({ name: "acme-peer" }),
    "package-lock.json": expect.any(String),
  });
  expect(renamed(new Map([...Object.entries(files), ...changed]), "acme", "shop").size).toBe(changed.size);
});

test("the lockfile is sorted as npm sorts it", () => {
  const sorted = (to: string) =>
    JSON.parse(renamed(new Map(Object.entries(files)), "shop", to).get("package-lock.json") ?? "") as {
      packages: Record<string, { dependencies: object }>;
    };
  expect(Object.keys(sorted("acme").packages)).toEqual([
    "",
    "node_modules/@acme/a",
    "node_modules/@openid/x",
  ]);
  expect(Object.keys(sorted("zoo").packages["node_modules/@zoo/a"]?.dependencies ?? {})).toEqual([
    "@smithy/b",
    "@zoo/a",
  ]);
});

test("only text files that git does not ignore are read", () => {
  expect([...repositoryContents(folder).keys()].sort()).toEqual([...Object.keys(files), ".gitignore"].sort());
});

test("changes that are not committed are listed", () => {
  git("add", ".");
  git("commit", "--quiet", "--message", "a");
  expect(uncommittedChanges(folder)).toEqual([]);
  writeFileSync(join(folder, "LICENSE"), "");
  expect(uncommittedChanges(folder)).toEqual([" M LICENSE"]);
});

test("workspaces are linked by their names, and links of the former scope are removed", () => {
  expect(Object.fromEntries(workspaces(folder))).toEqual({
    "@shop/a": "a",
    "@shop/b": "tools/b",
    "shop-peer": "tools/peer",
  });
  linkWorkspaces(folder);
  const linked = (path: string) => realpathSync(join(folder, "node_modules", path));
  expect(linked("@shop/b")).toBe(realpathSync(join(folder, "tools", "b")));
  for (const [path, text] of renamed(repositoryContents(folder), "shop", "acme"))
    writeFileSync(join(folder, path), text);
  linkWorkspaces(folder, "shop");
  expect(readlinkSync(join(folder, "node_modules", "@acme", "a"))).toBe("../../a");
  expect(() => linked("@shop/b")).toThrow("ENOENT");
});

test("changed lines have their positions", () => {
  expect(changedLines("a.txt", "one\ntwo\n", "one\n  2\ntwo\n")).toEqual(["a.txt:2: 2"]);
});
