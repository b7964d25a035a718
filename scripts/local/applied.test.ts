import { appendFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defaultBuildFolder } from "../build/paths";
import { fingerprint } from "./applied";

const endpoint = "http://127.0.0.1:4566";
const made: string[] = [];
afterEach(() => {
  for (const path of made.splice(0)) rmSync(path, { force: true });
});
function write(path: string): void {
  made.push(path);
  writeFileSync(path, "made by a test");
}

test("what a synthesis leaves beside the zips changes no deployment", () => {
  const before = fingerprint(endpoint);
  write(join(defaultBuildFolder, `app.${process.pid}.js`));
  write(join(defaultBuildFolder, `api.${process.pid}.js.map`));
  expect(fingerprint(endpoint)).toBe(before);
});

test("a zip does, and so does the place", () => {
  const before = fingerprint(endpoint);
  const zip = join(defaultBuildFolder, `extra.${process.pid}.zip`);
  write(zip);
  const withZip = fingerprint(endpoint);
  appendFileSync(zip, "!");
  const all = [before, withZip, fingerprint(endpoint), fingerprint("http://127.0.0.1:4567")];
  expect(new Set(all).size).toBe(all.length);
});
