import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eachOf, namesWith } from "../../deploy/shared/each-of";
import { defaultBuildFolder, functionNames } from "../build/paths";
import { fingerprint, readApplied, writeApplied } from "./applied";
import { localPaths } from "../../packages/local-cloud/src/local-paths";

const endpoint = "http://127.0.0.1:4566";
const created: string[] = [];
afterEach(() => {
  for (const path of created.splice(0)) rmSync(path, { recursive: true, force: true });
});
function write(path: string): void {
  created.push(path);
  writeFileSync(path, "written by a test");
}

test("other files in the build folder do not change the fingerprint", () => {
  const before = fingerprint(endpoint);
  write(join(defaultBuildFolder, `app.${process.pid}.js`));
  write(join(defaultBuildFolder, `api.${process.pid}.js.map`));
  expect(fingerprint(endpoint)).toBe(before);
});

test("a zip and the endpoint change the fingerprint", () => {
  const before = fingerprint(endpoint);
  const zip = join(defaultBuildFolder, `extra.${process.pid}.zip`);
  write(zip);
  const withZip = fingerprint(endpoint);
  appendFileSync(zip, "!");
  const all = [before, withZip, fingerprint(endpoint), fingerprint("http://127.0.0.1:4567")];
  expect(new Set(all).size).toBe(all.length);
});

test("a truncated record of the last deployment is ignored", () => {
  const folder = mkdtempSync(join(tmpdir(), "applied-"));
  created.push(folder);
  const paths = localPaths({ LOCAL_CLOUD_HOME: folder });
  const outputs = {
    api_url: "http://127.0.0.1:4566",
    ...eachOf(namesWith(functionNames, "function_name"), (name) => name),
  };
  const applied = { fingerprint: "f", outputs, versions: {} };
  writeApplied(paths, "dev", applied);
  expect(readApplied(paths, "dev")).toEqual(applied);
  for (const bytes of [readFileSync(paths.applied("dev")).length - 1, 1, 0]) {
    truncateSync(paths.applied("dev"), bytes);
    expect(readApplied(paths, "dev")).toBeUndefined();
  }
});
