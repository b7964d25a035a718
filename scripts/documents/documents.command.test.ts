import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../build/paths";
import { RepositoryCopy } from "../testing/repository-copy";
import { runCli } from "../testing/run-cli";

jest.setTimeout(120_000);

let copy: RepositoryCopy;
beforeAll(() => {
  copy = new RepositoryCopy();
});
afterAll(() => {
  copy.dispose();
});

const documents = (...commandLine: string[]) =>
  runCli(["documents", ...commandLine], { folder: copy.folder });

test("a missing or changed document is reported, and regenerated as committed", async () => {
  mkdirSync(join(copy.folder, "docs"));
  const missing = await documents("capacity", "commands", "--check");
  expect(missing.exitCode).toBe(1);
  expect(missing.stderr).toContain("docs/capacity.md, docs/commands.md: out of date.");

  const written = await documents("capacity", "commands");
  expect([written.exitCode, written.stdout]).toEqual([
    0,
    "Wrote docs/capacity.md.\nWrote docs/commands.md.\n",
  ]);
  for (const path of ["docs/capacity.md", "docs/commands.md"])
    expect(readFileSync(join(copy.folder, path), "utf8")).toBe(readFileSync(join(root, path), "utf8"));
  expect(await documents("capacity", "commands", "--check")).toMatchObject({ exitCode: 0, stdout: "" });

  copy.edit("docs/capacity.md", "# Capacity", "# Changed");
  expect((await documents("--check", "capacity")).stderr).toContain("docs/capacity.md: out of date");
});

test("an unknown document is wrong usage", async () => {
  const { exitCode, stderr } = await documents("costs");
  expect(exitCode).toBe(2);
  expect(stderr).toContain("Expected one of the documents bench, capacity, commands, cost,");
});
