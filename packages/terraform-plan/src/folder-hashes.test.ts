import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changedFile, folderHashes } from "./folder-hashes";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hashes-"));
  mkdirSync(join(folder, "a", ".terraform"), { recursive: true });
  for (const path of ["log", "plan", "a/stack.json", "a/.terraform/provider"])
    writeFileSync(join(folder, path), path);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const hashes = () => folderHashes(folder, /(^|\/)\.terraform(\/|$)|^log$/);

test.each([
  ["no change", () => undefined, undefined],
  [
    "an ignored file",
    () => {
      writeFileSync(join(folder, "log"), "more");
    },
    undefined,
  ],
  [
    "a file in an ignored folder",
    () => {
      writeFileSync(join(folder, "a/.terraform/b"), "");
    },
    undefined,
  ],
  [
    "a changed file",
    () => {
      writeFileSync(join(folder, "a/stack.json"), "");
    },
    "a/stack.json",
  ],
  [
    "an added file",
    () => {
      writeFileSync(join(folder, "a/new"), "");
    },
    "a/new",
  ],
  [
    "a removed file",
    () => {
      rmSync(join(folder, "plan"));
    },
    "plan",
  ],
])("%s", (_what, change, expected) => {
  const before = hashes();
  expect([...before.keys()].sort()).toEqual(["a/stack.json", "plan"]);
  change();
  expect(changedFile(Object.fromEntries(before), hashes())).toBe(expected);
});
