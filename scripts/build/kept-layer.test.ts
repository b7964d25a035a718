import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ImportedNames } from "../../packages/lambda-layer/src";
import { keptLayer } from "./kept-layer";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kept-layer-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const imports: ImportedNames = new Map([["zod", new Set(["object", "string"])]]);

function setUp() {
  const path = join(folder, "layer.zip");
  let made = 0;
  /** How often a layer had to be made, for which the text stands. */
  const build = async (text: string, from = imports, files: readonly string[] = []) => {
    const zip = await keptLayer(path, from, files, () => {
      made += 1;
      return Promise.resolve(Buffer.from(text));
    });
    expect(readFileSync(path).equals(zip)).toBe(true);
    return made;
  };
  return { path, build };
}

test("a layer is kept while it would come out the same, in whatever order its imports are told", async () => {
  const { build } = setUp();
  expect(await build("first")).toBe(1);
  expect(await build("first", new Map([["zod", new Set(["string", "object"])]]))).toBe(1);
});

test.each([
  ["a name that was not imported before", new Map([["zod", new Set(["object", "string", "int"])]]), []],
  ["all of a package", new Map([["zod", "everything" as const]]), []],
  ["a package that is not imported any more", new Map(), []],
  ["a file of a package", imports, ["swagger-ui-dist/swagger-ui.css.br"]],
] as const)("%s makes another layer", async (_what, from, files) => {
  const { build } = setUp();
  await build("first");
  expect(await build("second", from, files)).toBe(2);
});

test("a layer that somebody has put there is not taken for one that was built", async () => {
  const { path, build } = setUp();
  await build("first");
  writeFileSync(path, "foreign");
  expect(await build("first")).toBe(2);
});
