import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ImportedNames } from "../../packages/lambda-layer/src/imported-names";
import { cachedLayer } from "./cached-layer";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cached-layer-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const imports: ImportedNames = new Map([["zod", new Set(["object", "string"])]]);

function setUp() {
  const path = join(folder, "layer.zip");
  let builds = 0;
  /** @returns the number of builds so far */
  const build = async (content: string, from = imports, files: readonly string[] = []) => {
    const zip = await cachedLayer(path, from, files, () => {
      builds += 1;
      return Promise.resolve(Buffer.from(content));
    });
    expect(readFileSync(path).equals(zip)).toBe(true);
    return builds;
  };
  return { path, build };
}

test("a layer is reused while its inputs are unchanged, in any order of imports", async () => {
  const { build } = setUp();
  expect(await build("first")).toBe(1);
  expect(await build("first", new Map([["zod", new Set(["string", "object"])]]))).toBe(1);
});

test.each([
  ["a new imported name", new Map([["zod", new Set(["object", "string", "int"])]]), []],
  ["an import of a whole package", new Map([["zod", "everything" as const]]), []],
  ["a package that is no longer imported", new Map(), []],
  ["a file of a package", imports, ["swagger-ui-dist/swagger-ui.css.br"]],
] as const)("%s rebuilds the layer", async (_what, from, files) => {
  const { build } = setUp();
  await build("first");
  expect(await build("second", from, files)).toBe(2);
});

test("a zip that was replaced by hand is rebuilt", async () => {
  const { path, build } = setUp();
  await build("first");
  writeFileSync(path, "foreign");
  expect(await build("first")).toBe(2);
});
