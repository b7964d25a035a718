import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../build/paths";

const read = (path: string) => readFileSync(join(root, path), "utf8");

/** `path`: "name of a test", as the docs point to tests. */
const references = [...read("docs/fastapi.md").matchAll(/`([\w./-]+\.ts)`: "([^"]+)"/g)].map(
  ([, path = "", name = ""]) => [path, name] as const,
);

test.each(references)("%s has the test %p that docs/fastapi.md names", (path, name) => {
  expect(read(path)).toContain(`test("${name}"`);
});

test("docs/fastapi.md names a test for each of its eight lines", () => {
  expect(references.length).toBeGreaterThanOrEqual(8);
});
